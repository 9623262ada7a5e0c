import { describe, expect, test } from 'vitest';
import { poetryDependencies } from './poetry-dependencies.ts';
import { poetryLocked } from './poetry-lock-graph.ts';
import { tomlTable } from './toml.ts';
import { pep440Range, pythonMarker } from './version-range.ts';

describe("Poetry's version syntax in PEP 440", () => {
  test.each([
    ['*', ''],
    ['^1.2.3', '>=1.2.3,<2.0'],
    ['^0.2.3', '>=0.2.3,<0.3'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0', '>=0,<1.0'],
    ['^0.0', '>=0.0,<0.1'],
    ['^19.0b0', '>=19.0b0,<20.0'],
    ['~1.2.3', '>=1.2.3,<1.3'],
    ['~1.2', '>=1.2,<1.3'],
    ['~1', '>=1,<2.0'],
    ['~=1.4.2', '~=1.4.2'],
    ['1.2.*', '==1.2.*'],
    ['=1.2', '==1.2'],
    ['2.0.1', '==2.0.1'],
    ['>= 1.5, < 2', '>=1.5,<2'],
    ['>=1.5 <2', '>=1.5,<2'],
    ['^2.0 || ^3.0', '>=2.0,<4.0'],
    ['~2.7 || >=3.6', '>=2.7'],
    ['3.6.*|3.8.*', '>=3.6,<3.9'],
  ])('%s', (written, expected) => {
    expect(pep440Range(written)).toBe(expected);
  });

  test.each([
    ['^3.8', 'python_version >= "3.8" and python_version < "4.0"'],
    ['>=3.8.1,<3.12', 'python_full_version >= "3.8.1" and python_version < "3.12"'],
    ['3.8.*', 'python_version == "3.8"'],
  ])('python %s as a marker', (written, expected) => {
    expect(pythonMarker(written)).toBe(expected);
  });
});

describe('a dependency of Poetry in PEP 508', () => {
  test.each([
    ['flask = "^3"', 'flask>=3,<4.0'],
    ['flask = {version = "~3.1", extras = ["async", "dotenv"]}', 'flask[async,dotenv]>=3.1,<3.2'],
    ['tz = {version = "*", markers = "sys_platform == \'win32\'"}', "tz ; sys_platform == 'win32'"],
    [
      'x = {version = "1", python = "<3.9", platform = "darwin"}',
      'x==1 ; (python_version < "3.9") and (sys_platform == "darwin")',
    ],
    [
      'a = {git = "https://host.example/a.git", tag = "v1", subdirectory = "py"}',
      'a @ git+https://host.example/a.git@v1#subdirectory=py',
    ],
    ['a = {git = "git@host.example:o/a.git"}', 'a @ git+ssh://git@host.example/o/a.git'],
    ['a = {url = "https://host.example/a-1.whl"}', 'a @ https://host.example/a-1.whl'],
  ])('%s', (line, expected) => {
    const found = poetryDependencies(tomlTable(`[tool.poetry.dependencies]\npython = "^3.9"\n${line}`));
    expect(found).toMatchObject([{ kind: 'package', text: expected }]);
  });

  test('several constraints, paths, groups; optional ones are not wanted', () => {
    const found = poetryDependencies(
      tomlTable(`
        [tool.poetry.dependencies]
        np = [{version = "1", python = "<3.9"}, {version = "2", python = ">=3.9"}]
        money = {path = "libs/money", develop = true}
        redis = {version = "*", optional = true}
        [tool.poetry.group.production.dependencies]
        gunicorn = "*"
        [tool.poetry.group.dev.dependencies]
        pytest = "*"
        [tool.poetry.dev-dependencies]
        black = "*"`),
    );
    expect(found).toMatchObject([
      { text: 'np==1 ; python_version < "3.9"' },
      { text: 'np==2 ; python_version >= "3.9"' },
      { kind: 'project', project: { path: 'libs/money', editable: true } },
      { text: 'gunicorn' },
    ]);
  });
});

describe('poetry.lock', () => {
  const old = tomlTable(`
    [[package]]
    name = "Flask"
    version = "2.0.1"
    category = "main"
    optional = false
    [package.dependencies]
    click = ">=7"
    colorama = {version = "*", markers = "platform_system == \\"Windows\\""}
    python-dotenv = {version = "*", optional = true, markers = "extra == \\"dotenv\\""}
    [package.extras]
    dotenv = ["python-dotenv (>=0.1)"]
    [[package]]
    name = "click"
    version = "8"
    [[package]]
    name = "colorama"
    version = "0.4"
    [[package]]
    name = "python-dotenv"
    version = "1"
    [[package]]
    name = "numpy"
    version = "1.24"
    [[package]]
    name = "numpy"
    version = "2.0"
    [[package]]
    name = "pandas"
    version = "2"
    [package.dependencies]
    numpy = "*"
    [[package]]
    name = "fork"
    version = "1"
    [package.source]
    type = "git"
    url = "https://host.example/fork.git"
    reference = "main"
    resolved_reference = "0123"
    [[package]]
    name = "money"
    version = "1"
    develop = true
    [package.source]
    type = "directory"
    url = "libs/money"
    [[package]]
    name = "own"
    version = "3"
    [package.source]
    type = "legacy"
    url = "https://index.example/simple"
    [[package]]
    name = "pytest"
    version = "8"`);

  test('is walked from what the project wants, where it has no groups', () => {
    const wanted = poetryDependencies(
      tomlTable(`[tool.poetry.dependencies]
        flask = {version = "^2", extras = ["dotenv"]}
        numpy = [{version = "~1.24", python = "<3.9"}, {version = "^2", python = ">=3.9"}]
        pandas = "*"
        fork = {git = "https://host.example/fork.git"}
        money = {path = "libs/money"}
        own = "*"`),
    );
    expect(poetryLocked(old ?? {}, wanted)).toMatchObject({
      requirements: [
        'click==8',
        'colorama==0.4 ; platform_system == "Windows"',
        'Flask==2.0.1',
        'fork @ git+https://host.example/fork.git@0123',
        'numpy==1.24 ; python_version < "3.9"',
        'numpy==2.0 ; python_version >= "3.9"',
        'own==3',
        'pandas==2',
        'python-dotenv==1',
      ].toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
      folders: [{ path: 'libs/money', editable: true }],
      options: ['--extra-index-url https://index.example/simple'],
    });
  });

  test('says itself what is for production, where it has groups', () => {
    const lock = tomlTable(`
      [[package]]
      name = "flask"
      version = "3"
      optional = false
      groups = ["main", "dev"]
      [[package]]
      name = "colorama"
      version = "1"
      groups = ["main", "dev"]
      markers = {main = "os_name == \\"nt\\"", dev = "sys_platform == \\"win32\\""}
      [[package]]
      name = "gunicorn"
      version = "23"
      optional = true
      groups = ["main"]
      markers = "extra == \\"server\\""
      [[package]]
      name = "packaging"
      version = "26"
      optional = false
      groups = ["main", "dev"]
      markers = {main = "extra == \\"server\\""}
      [[package]]
      name = "idna"
      version = "3"
      groups = ["main"]
      markers = "os_name == \\"nt\\" or (os_name == \\"posix\\" or extra == \\"a\\") or python_version < \\"3.9\\""
      [[package]]
      name = "pytest"
      version = "8"
      groups = ["dev"]`);
    expect(poetryLocked(lock ?? {}, []).requirements).toEqual([
      'colorama==1 ; os_name == "nt"',
      'flask==3',
      'idna==3 ; os_name == "nt" or python_version < "3.9"',
    ]);
  });
});
