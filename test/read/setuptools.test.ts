import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { repositoryOf, scopeAt } from '../../src/read/detect/scope.ts';
import { installChoice } from '../../src/read/install/choice.ts';
import { iniSections } from '../../src/read/install/ini.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

/** The requirements are in deps.txt, so that no requirements.txt decides. */
function choice(setup: string) {
  const files = textFiles({ 'setup.py': setup, 'deps/web.txt': 'flask==3.1.3\nredis\n' });
  return installChoice(scopeAt(repositoryOf(files, parse), '.'));
}

const both = { packages: ['flask', 'redis>=5'], requirements: [] };
const file = { packages: [], requirements: ['deps/web.txt'] };

describe('install_requires of setup.py', () => {
  test.each([
    ['a list', `setup(install_requires=["flask", 'redis>=5'])`, both],
    ['a tuple, with a comment', `setuptools.setup(install_requires=("flask",  # web\n"redis>=5"))`, both],
    ['one text', `setup(install_requires="""\n  flask\n  redis>=5\n""")`, both],
    ['a variable', `wanted = ["flask", "redis>=5"]\nsetup(install_requires=wanted)`, both],
    ['a sum', `base = ["flask"]\nsetup(install_requires=base + ["redis>=5"])`, both],
    ['a list of lists', `base = ["flask"]\nsetup(install_requires=[base, "redis>=5"])`, both],
    ['a file, split', `setup(install_requires=open("deps/web.txt").read().splitlines())`, file],
    ['a file, line by line', `setup(install_requires=[l.strip() for l in open('./deps/web.txt')])`, file],
    [
      'a path of parts',
      `wanted = open(os.path.join("deps", "web.txt")).readlines()\nsetup(install_requires=wanted)`,
      file,
    ],
    ['with', `with open("deps/web.txt") as f:\n  wanted = f.read().split("\\n")\nsetup(install_requires=wanted)`, file],
    [
      'a loop',
      `wanted = []\nwith open("deps/web.txt") as f:\n  for l in f:\n    wanted.append(l)\nsetup(install_requires=wanted)`,
      file,
    ],
    ['a function', `def need():\n  return open("deps/web.txt").read().split()\nsetup(install_requires=need())`, file],
    ['a function of the path', `setup(install_requires=parse_requirements("deps/web.txt"))`, file],
  ])('%s', (_, text, expected) => {
    expect(choice(text)).toMatchObject({ install: { manager: 'setuptools', ...expected }, problems: [] });
  });

  test('that only code knows is asked by the installer, and that is said', () => {
    const { install, problems } = choice('setup(install_requires=json.load(open("deps.json"))["web"])');
    expect(install).toMatchObject({ requirements: ['setup.py'], packages: [] });
    expect(problems).toMatchObject([{ id: 'setup-dynamic', place: 'setup.py:1' }]);
  });

  test('that is absent asks for nothing', () => {
    expect(choice('setup(name="x")').install.manager).toBe('none');
  });
});

test('setup.cfg, and what an editable install of it needs', () => {
  const cfg = '[options]\ninstall_requires =\n  flask  # web\n  redis>=5\n[options.extras_require]\nfast =\n  orjson\n';
  const read = (texts: Readonly<Record<string, string>>) =>
    installChoice(scopeAt(repositoryOf(textFiles(texts), parse), '.')).install;

  expect(read({ 'setup.cfg': cfg, 'setup.py': 'setup()' })).toMatchObject({
    packages: both.packages,
    files: ['setup.cfg'],
  });
  expect(
    read({ 'setup.cfg': '[options]\ninstall_requires = file: deps/web.txt\n', 'deps/web.txt': 'flask' }),
  ).toMatchObject({
    requirements: ['deps/web.txt'],
  });
  expect(read({ 'setup.cfg': cfg, 'setup.py': 'setup()', 'requirements.txt': '-e .[fast]\ngunicorn' })).toMatchObject({
    packages: ['gunicorn', 'flask', 'redis>=5', 'orjson'],
    projects: [{ path: '.', editable: true, extras: ['fast'] }],
  });
});

test('an INI file', () => {
  const text = '# c\n[a]\nOne-key = 1\nlist =\n    x\n    # no\n    y # z\n\n[b]\nk: v\n';
  expect(iniSections(text)).toEqual({ a: { one_key: ['1'], list: ['x', 'y'] }, b: { k: ['v'] } });
});
