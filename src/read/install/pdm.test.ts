import { expect, test } from 'vitest';
import { pdmLocked } from './pdm-lock-graph.ts';
import { requirementOf } from './requirements.ts';
import { tomlTable } from './toml.ts';

test('a pdm.lock with groups says itself what is for production', () => {
  const lock = tomlTable(`
    [metadata]
    groups = ["default", "dev", "prod"]
    strategy = ["inherit_metadata"]
    lock_version = "4.5.0"
    [[package]]
    name = "flask"
    version = "3.1.3"
    groups = ["default"]
    [[package]]
    name = "colorama"
    version = "0.4.6"
    groups = ["default", "dev"]
    marker = "sys_platform == \\"win32\\""
    [[package]]
    name = "uvicorn"
    version = "0.30.0"
    extras = ["standard"]
    groups = ["default"]
    [[package]]
    name = "fork"
    version = "1"
    git = "https://host.example/fork.git"
    ref = "v1"
    revision = "0123"
    groups = ["prod"]
    [[package]]
    name = "money"
    version = "1"
    path = "./libs/money"
    editable = true
    groups = ["default"]
    [[package]]
    name = "pytest"
    version = "8"
    groups = ["dev"]`);

  expect(pdmLocked(lock ?? {}, [])).toMatchObject({
    requirements: [
      'colorama==0.4.6 ; sys_platform == "win32"',
      'flask==3.1.3',
      'fork @ git+https://host.example/fork.git@0123',
      'uvicorn[standard]==0.30.0',
    ],
    folders: [{ path: './libs/money', editable: true }],
  });
});

test('an older one is walked from what the project wants', () => {
  const lock = tomlTable(`
    [[package]]
    name = "uvicorn"
    version = "0.30.0"
    dependencies = ["click>=7", "colorama; sys_platform == \\"win32\\""]
    [[package]]
    name = "uvicorn"
    version = "0.30.0"
    extras = ["standard"]
    dependencies = ["httptools>=0.5", "uvicorn==0.30.0"]
    [[package]]
    name = "click"
    version = "8"
    [[package]]
    name = "colorama"
    version = "0.4"
    [[package]]
    name = "httptools"
    version = "0.6"
    [[package]]
    name = "pytest"
    version = "8"`);

  const wanted = ['uvicorn[standard]>=0.30'].flatMap(each => requirementOf(each) ?? []);
  expect(pdmLocked(lock ?? {}, wanted).requirements).toEqual([
    'click==8',
    'colorama==0.4 ; sys_platform == "win32"',
    'httptools==0.6',
    'uvicorn==0.30.0',
    'uvicorn[standard]==0.30.0',
  ]);
});
