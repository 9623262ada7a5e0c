import { describe, expect, test } from 'vitest';
import { pipfileDependencies, pipfileIndexes } from './pipfile-dependencies.ts';
import { tableAt, tomlTable } from './toml.ts';

describe('an entry of a Pipfile or its lock in PEP 508', () => {
  test.each([
    ['flask = "*"', 'flask'],
    ['flask = "==3.1.3"', 'flask==3.1.3'],
    ['flask = ">=3, <4"', 'flask>=3,<4'],
    ['flask = "~=3.1"', 'flask~=3.1'],
    ['"zope.interface" = {version = "*"}', 'zope.interface'],
    ['uvicorn = {extras = ["standard"], version = "==0.30"}', 'uvicorn[standard]==0.30'],
    ['tz = {version = "*", sys_platform = "== \'win32\'"}', "tz ; sys_platform == 'win32'"],
    [
      'tz = {version = "==1", markers = "os_name == \'nt\'", python_version = "< \'3.9\'"}',
      "tz==1 ; (os_name == 'nt') and (python_version < '3.9')",
    ],
    [
      'a = {git = "https://host.example/a.git", ref = "0123", editable = true}',
      'a @ git+https://host.example/a.git@0123',
    ],
    ['a = {file = "https://host.example/a.zip"}', 'a @ https://host.example/a.zip'],
  ])('%s', (line, expected) => {
    const section = tableAt(tomlTable(`[packages]\n${line}`), 'packages');
    expect(pipfileDependencies(section)).toMatchObject([{ kind: 'package', text: expected }]);
  });

  test.each([
    ['shop = {editable = true, path = "."}', { path: '.', editable: true }],
    ['e1 = {path = "./libs/money"}', { path: './libs/money', editable: false }],
    ['e1 = {file = "wheels/a-1-py3-none-any.whl"}', { path: 'wheels/a-1-py3-none-any.whl', editable: false }],
  ])('%s is a project', (line, project) => {
    const section = tableAt(tomlTable(`[packages]\n${line}`), 'packages');
    expect(pipfileDependencies(section)).toMatchObject([{ kind: 'project', project }]);
  });
});

test('indexes: not the default one, none with a password from the environment', () => {
  const urls = ['https://index.example/simple', 'https://$USER:$WORD@private.example/simple'];
  expect(pipfileIndexes(urls.map(url => ({ url })))).toEqual(['--extra-index-url https://index.example/simple']);
});
