import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { repositoryOf, scopeAt } from '../../src/read/detect/scope.ts';
import { installChoice } from '../../src/read/install/choice.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

function choice(texts: Readonly<Record<string, string>>, root = '.') {
  return installChoice(scopeAt(repositoryOf(textFiles(texts), parse), root));
}

const lock = `
[[package]]
name = "shop"
source = { virtual = "." }
dependencies = [{ name = "flask" }, { name = "tz", marker = "sys_platform == 'win32'" }, { name = "money" }]
[[package]]
name = "flask"
version = "3.1.3"
source = { registry = "https://index.example/simple" }
dependencies = [{ name = "colorama", marker = "os_name == 'nt'" }]
[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://index.example/simple" }
[[package]]
name = "tz"
version = "1"
source = { registry = "https://index.example/simple" }
[[package]]
name = "money"
source = { editable = "libs/money" }
dependencies = [{ name = "fork" }]
[[package]]
name = "fork"
version = "2"
source = { git = "https://host.example/fork?rev=main#0123" }
[[package]]
name = "pytest"
version = "8"
source = { registry = "https://index.example/simple" }
`;

test('a lock beats pinned requirements, and says so', () => {
  const found = choice({
    'uv.lock': lock,
    'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["flask"]',
    'requirements.txt': 'flask==1.0',
  });

  expect(found.install.manager).toBe('uv');
  expect(found.install.packages).toEqual([
    "colorama==0.4.6 ; os_name == 'nt'",
    'flask==3.1.3',
    'fork @ git+https://host.example/fork@0123',
    "tz==1 ; sys_platform == 'win32'",
  ]);
  expect(found.install.projects).toEqual([{ path: 'libs/money', editable: true }]);
  expect(found.problems.map(({ id }) => id)).toEqual(['several-manifests']);
});

test('files that are included count, and pinned means all of them', () => {
  const { install } = choice({
    'requirements.txt': '-r requirements/prod.txt',
    'requirements/prod.txt': '-c limits.txt\nflask==3.1.3\nredis',
    'requirements/limits.txt': 'redis<6',
  });

  expect(install).toMatchObject({
    requirements: ['requirements.txt'],
    pinned: false,
    declared: { flask: '==3.1.3', redis: '' },
  });
  expect(install.files).toEqual(['requirements.txt', 'requirements/prod.txt', 'requirements/limits.txt']);
});

test('a project in a requirements file goes to projects, the rest to packages', () => {
  const { install } = choice({ 'requirements.txt': '-e .\n./libs/a\nflask>=3\n' });

  expect(install).toMatchObject({
    requirements: [],
    packages: ['flask>=3'],
    projects: [
      { path: '.', editable: true },
      { path: 'libs/a', editable: false },
    ],
  });
});

test('an included file that is missing, and a project outside, stop a deploy', () => {
  const { problems } = choice({ 'requirements.txt': '-r gone.txt\n-e ../other' });
  expect(problems.map(({ id, fatal }) => [id, fatal])).toEqual([
    ['requirements-unreadable', true],
    ['project-outside', true],
  ]);
});

const poetry = '[tool.poetry.dependencies]\npython = "^3.9"\nflask = "^3"\n';

test('a Poetry project is installed from its lock, as long as they agree', () => {
  const entry = (name: string, version: string) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`;
  const locked = choice({ 'pyproject.toml': poetry, 'poetry.lock': entry('Flask', '3.1.3') });
  expect(locked).toMatchObject({
    install: { manager: 'poetry', packages: ['Flask==3.1.3'], pinned: true },
    problems: [],
  });

  for (const stale of [entry('flask', '2.0.0'), entry('click', '8')]) {
    const { install, problems } = choice({ 'pyproject.toml': poetry, 'poetry.lock': stale });
    expect(install).toMatchObject({ packages: ['flask>=3,<4.0'], files: ['pyproject.toml'] });
    expect(problems).toMatchObject([
      { id: 'lock-stale', place: 'poetry.lock:1', message: expect.stringContaining('flask') },
    ]);
  }
});

test('what an editable project needs is installed too', () => {
  const { install } = choice({
    'requirements.txt': '-e libs/money[fast]\nredis==5.0.0\n',
    'libs/money/pyproject.toml':
      '[project]\nname = "money"\ndependencies = ["babel"]\n[project.optional-dependencies]\nfast = ["orjson"]',
  });
  expect(install).toMatchObject({
    packages: ['redis==5.0.0', 'babel', 'orjson'],
    projects: [{ path: 'libs/money', editable: true, extras: ['fast'] }],
  });
  expect(install.files).toEqual(['requirements.txt', 'libs/money/pyproject.toml']);
});

test('a sub-folder without a manifest uses the one above', () => {
  const { install } = choice({ 'requirements.txt': 'flask==3.1.3', 'web/app.py': '' }, 'web');
  expect(install.requirements).toEqual(['requirements.txt']);
});

test('a src layout needs its project, a flat one does not', () => {
  const pyproject = '[build-system]\nrequires = ["setuptools"]\n[project]\nname = "shop"\ndependencies = ["flask"]';
  expect(choice({ 'pyproject.toml': pyproject, 'src/shop/__init__.py': '' }).install.projects).toEqual([
    { path: '.', editable: false },
  ]);
  expect(choice({ 'pyproject.toml': pyproject, 'shop/__init__.py': '' }).install.projects).toEqual([]);
  const reads = 'from importlib.metadata import version\nversion("shop")';
  expect(choice({ 'pyproject.toml': pyproject, 'shop/__init__.py': reads }).install.projects).toEqual([
    { path: '.', editable: false },
  ]);
});

test('a conda environment is installed as far as an index has it, and the rest is named', () => {
  const { install, problems } = choice({
    'environment.yml':
      'name: flask\ndependencies:\n  - python=3.11\n  - flask=3\n  - mkl\n  - pip:\n    - redis\n    - x @ file:///y\n',
  });
  expect(install).toMatchObject({ manager: 'pip', requirements: [], packages: ['flask==3.*', 'redis', 'x'] });
  expect(problems).toMatchObject([
    { id: 'conda-packages', message: expect.stringMatching(/index: flask==3\.\*\. .*: mkl\.$/) },
    { id: 'requirement-path', place: 'environment.yml:8' },
  ]);
});

describe('of several manifests the most trusted one wins, and that is said', () => {
  const texts = {
    uv: { 'uv.lock': lock, 'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["flask"]' },
    poetry: { 'poetry.lock': '[[package]]\nname = "flask"\nversion = "3"', 'pyproject.toml': poetry },
    stale: { 'poetry.lock': '[[package]]\nname = "click"\nversion = "8"', 'pyproject.toml': poetry },
    pdm: { 'pdm.lock': '[[package]]\nname = "flask"\nversion = "3"\ngroups = ["default"]' },
    pipenv: { 'Pipfile.lock': '{"default": {"flask": {"version": "==3"}}}', Pipfile: '[packages]\nflask = "*"' },
    pipfile: { Pipfile: '[packages]\nflask = "*"' },
    pinned: { 'requirements.txt': 'flask==3' },
    loose: { 'requirements.txt': 'flask' },
    project: { 'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["flask"]' },
    setup: { 'setup.py': 'setup(install_requires=["flask"])' },
    conda: { 'environment.yml': 'dependencies:\n  - flask' },
  } as const;
  type Name = keyof typeof texts;
  const cases: readonly (readonly [Name, Name, string])[] = [
    ['uv', 'pinned', 'uv.lock decides what is installed, since it is a lock; not used: requirements.txt.'],
    ['poetry', 'pinned', 'poetry.lock decides what is installed, since it is a lock; not used: requirements.txt.'],
    ['pdm', 'pinned', 'pdm.lock decides what is installed, since it is a lock; not used: requirements.txt.'],
    ['pipenv', 'pinned', 'Pipfile.lock decides what is installed, since it is a lock; not used: requirements.txt.'],
    ['pinned', 'stale', 'requirements.txt decides what is installed, since its versions are pinned; not used: '],
    ['pinned', 'project', 'its versions are pinned; not used: pyproject.toml.'],
    ['project', 'loose', 'the project itself declares its packages there; not used: requirements.txt.'],
    ['loose', 'pipfile', 'it is the usual one for an app; not used: Pipfile.'],
    ['pipfile', 'setup', 'it is the usual one for an app; not used: setup.py.'],
    ['setup', 'conda', 'the project itself declares its packages there; not used: environment.yml.'],
  ];
  test.each(cases)('%s, then %s', (first, second, message) => {
    const { install, problems } = choice({ ...texts[second], ...texts[first] });
    expect(install.files[0]).toBe(Object.keys(texts[first])[0]);
    const said = problems.filter(({ id }) => id === 'several-manifests');
    expect(said).toMatchObject([{ message: expect.stringContaining(message) }]);
    expect(said[0]?.fatal).toBeUndefined();
  });

  test.each(['uv', 'poetry', 'pipenv'] as const)('%s and its own source are one', name => {
    expect(choice(texts[name]).problems).toEqual([]);
  });
});
