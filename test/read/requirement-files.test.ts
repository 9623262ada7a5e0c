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

function choice(texts: Readonly<Record<string, string>>) {
  return installChoice(scopeAt(repositoryOf(textFiles(texts), parse), '.'));
}

describe('which of several requirements files', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['requirements.txt requirements-dev.txt requirements/test.txt', ['requirements.txt']],
    ['Requirements.txt dev-requirements.txt', ['Requirements.txt']],
    ['requirements/base.txt requirements/dev.txt', ['requirements/base.txt']],
    ['requirements-prod.txt requirements.txt', ['requirements-prod.txt']],
    ['requirements/production.txt requirements/base.txt', ['requirements/production.txt']],
    ['reqs.txt', ['reqs.txt']],
    ['req.txt', ['req.txt']],
    ['requirement.txt notes.txt', ['requirement.txt']],
    ['deps.txt', ['deps.txt']],
    ['requirements_web.txt requirements_tests.txt', ['requirements_web.txt']],
    ['requirements.in', ['requirements.in']],
    ['requirements-dev.txt test-requirements.txt requirements-windows.txt', []],
  ];
  test.each(cases)('%s', (names, expected) => {
    const texts = Object.fromEntries(names.split(' ').map(name => [name, 'flask==3.1.3\n']));
    expect(choice(texts).install.requirements).toEqual(expected);
  });

  test("production's own is added where it holds only what comes on top", () => {
    const general = 'flask==3.1.3\nredis==5.0.0\n';
    const read = (own: string) => choice({ 'requirements.txt': general, 'requirements-prod.txt': own }).install;
    expect(read('gunicorn==23.0.0\n').requirements).toEqual(['requirements.txt', 'requirements-prod.txt']);
    expect(read('-r requirements.txt\ngunicorn==23.0.0\n').requirements).toEqual(['requirements-prod.txt']);
    expect(read('flask==3.1.3\ngunicorn==23.0.0\n').requirements).toEqual(['requirements-prod.txt']);
  });
});

describe('lines that can not be installed elsewhere', () => {
  test.each([
    [
      'numpy @ file:///croot/numpy_1665/work/dist/numpy-1.24.0-cp310-linux_x86_64.whl#sha256=aa',
      ['numpy==1.24.0'],
      'requirement-path',
    ],
    ['certifi @ file:///croot/certifi_1665076670883/work/certifi', ['certifi'], 'requirement-path'],
    [
      'uvicorn[standard] @ file:///x/y ; python_version > "3"',
      ['uvicorn[standard] ; python_version > "3"'],
      'requirement-path',
    ],
    ['file:///C:/Users/me/my_pkg-1.0-py3-none-any.whl', ['my_pkg==1.0'], 'requirement-path'],
    ['-e file:///home/me/thing', [], 'requirement-left-out'],
    ['mkl-service @ file:///croot/mkl', [], 'requirement-left-out'],
    ['pywin32==306', ['pywin32==306 ; sys_platform == "win32"'], 'requirement-system'],
    ['pyobjc-core==10', ['pyobjc-core==10 ; sys_platform == "darwin"'], 'requirement-system'],
    ['wsgiref==0.1.2', ['wsgiref==0.1.2 ; python_version < "3"'], 'requirement-python'],
    ['pkg-resources==0.0.0', ['pkg-resources==0.0.0 ; python_version < "3"'], 'requirement-python'],
    [
      'twisted-iocpsupport==1.0.2 ; python_version > "3"',
      ['twisted-iocpsupport==1.0.2 ; (python_version > "3") and sys_platform == "win32"'],
      'requirement-system',
    ],
  ])('%s', (line, packages, id) => {
    const { install, problems } = choice({ 'requirements.txt': `flask==3.1.3\n${line}\n` });
    expect(install).toMatchObject({ requirements: [], packages: ['flask==3.1.3', ...packages] });
    expect(problems).toMatchObject([
      { id, place: 'requirements.txt:2', message: expect.stringContaining('requirements.txt:2') },
    ]);
  });

  test('a condition that is there already is kept, and the file is used as it is', () => {
    const { install, problems } = choice({ 'requirements.txt': 'pywin32==306 ; sys_platform == "win32"\n' });
    expect([install.requirements, problems]).toEqual([['requirements.txt'], []]);
  });

  test('hashes that are lost by it are named', () => {
    const { install, problems } = choice({
      'requirements.txt': 'flask==3.1.3 --hash=sha256:aa\npywin32==306 --hash=sha256:bb\n',
    });
    expect(install.hashes).toBe(false);
    expect(problems.map(({ id }) => id)).toEqual(['requirement-system', 'hashes-unused']);
  });
});

describe('text that installers do not read', () => {
  test.each([
    ['a mark (UTF-16, or UTF-8 with one)', '\uFEFFflask==3.1.3\r\n'],
    ['Latin-1', '# für alle\nflask==3.1.3\n'],
  ])('%s', (_, text) => {
    expect(choice({ 'requirements.txt': text }).install).toMatchObject({
      requirements: [],
      packages: ['flask==3.1.3'],
    });
  });

  test.each(['flask=3.1', 'pip install flask', '<<<<<<< HEAD', 'Package    Version'])('%s stops a deploy', line => {
    expect(choice({ 'requirements.txt': `redis\n${line}\n` }).problems).toMatchObject([
      { id: 'requirement-unknown', place: 'requirements.txt:2', fatal: true },
    ]);
  });

  test('an address that only the installer understands is left to it', () => {
    const { install, problems } = choice({ 'requirements.txt': '-e .\nlp:thing/@x\n', 'setup.py': '' });
    expect(install.packages).toEqual(['lp:thing/@x']);
    expect(problems).toMatchObject([{ id: 'requirement-unknown' }]);
    expect(problems[0]?.fatal).toBeUndefined();
  });
});
