import { expect, test } from 'vitest';
import { codeFrame } from './code-frame.ts';

test('the line between its neighbours, carets below it', () => {
  expect(codeFrame('a: 1\r\nbb: 2\r\nc: 3\r\n', { line: 2, column: 1, length: 2 })).toEqual([
    '  1 | a: 1',
    '  2 | bb: 2',
    '    | ^^',
    '  3 | c: 3',
  ]);
});

test('carets end with the line', () => {
  expect(codeFrame('a: |\n  text\n  more\n', { line: 1, column: 4, length: 40 })).toEqual([
    '  1 | a: |',
    '    |    ^',
    '  2 |   text',
  ]);
});

test('a place after the last line', () => {
  expect(codeFrame('a: "b\n', { line: 2, column: 1, length: 1 })).toEqual(['  1 | a: "b']);
});

test('control characters reach no terminal, long lines are cut around the place', () => {
  expect(codeFrame('a: \u001b[31m\tb', { line: 1, column: 1, length: 1 })[0]).toBe('  1 | a: ?[31m b');
  const [row = '', carets = ''] = codeFrame(`${'x'.repeat(300)}BAD${'y'.repeat(300)}`, {
    line: 1,
    column: 301,
    length: 3,
  });
  expect(row.length).toBeLessThan(120);
  expect(row.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('BAD');
});
