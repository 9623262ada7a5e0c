import { describe, expect, test } from 'vitest';
import { requirementLines, requirementOf } from './requirements.ts';

describe('a line of a requirements file', () => {
  test.each([
    ['Flask==3.1.3', { name: 'flask', specifier: '==3.1.3', text: 'Flask==3.1.3' }],
    ['flask_sqlalchemy >= 3, < 4', { name: 'flask-sqlalchemy', specifier: '>=3,<4', text: 'flask_sqlalchemy>=3,<4' }],
    ['uvicorn[standard] ~= 0.30 ; python_version < "3.12"', { name: 'uvicorn', marker: 'python_version < "3.12"' }],
    ['x===1.0+local', { name: 'x', specifier: '===1.0+local' }],
    ['tool @ https://host.example/tool-1.0.whl', { name: 'tool', url: 'https://host.example/tool-1.0.whl' }],
    ['git+https://host.example/a/b.git@v1#egg=b_c', { name: 'b-c', text: 'b_c @ git+https://host.example/a/b.git@v1' }],
    ['zope.interface', { name: 'zope-interface', specifier: '' }],
  ])('%s', (text, expected) => {
    expect(requirementOf(text)).toMatchObject(expected);
  });

  test.each(['not a requirement', 'flask=3', '<<<<<<< HEAD', '$(curl x)'])('%s is none', text => {
    expect(requirementOf(text)).toBeUndefined();
  });
});

test('options, includes, projects, continuations, hashes and comments', () => {
  const source = [
    '\uFEFF# pinned',
    '--index-url https://index.example/simple',
    '-r base.txt',
    '-c constraints.txt',
    '-e .',
    '-e git+https://host.example/a.git#egg=a',
    './libs/money[fast]',
    'flask==3.1.3 \\',
    '    --hash=sha256:aa \\',
    '    --hash=sha256:bb  # two',
    'redis # cache',
  ].join('\r\n');

  const lines = requirementLines(source);
  expect(lines.map(({ kind, line }) => [kind, line])).toEqual([
    ['option', 2],
    ['include', 3],
    ['constraint', 4],
    ['project', 5],
    ['package', 6],
    ['project', 7],
    ['package', 8],
    ['package', 11],
  ]);
  expect(lines[3]).toMatchObject({ path: '.', editable: true });
  expect(lines[5]).toMatchObject({ path: './libs/money', editable: false });
  expect(lines[6]).toMatchObject({
    hashes: true,
    requirement: { name: 'flask', specifier: '==3.1.3', text: 'flask==3.1.3' },
  });
});
