import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecantError } from '../base/errors.ts';
import { isVariableName } from '../base/names.ts';
import { envFile, systemdEnvFile } from './env-file.ts';

interface Recorded {
  readonly given: Readonly<Record<string, string>>;
  readonly cases: readonly { name: string; text: string; values: Readonly<Record<string, string>> }[];
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL('../../test/cases/env-file/python-dotenv.json', import.meta.url), 'utf8'),
);
const runner = fileURLToPath(new URL('../act/runner', import.meta.url));
const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,15}$/);
const hostile = fc.constantFrom(
  '"',
  "'",
  '\\',
  '$',
  '`',
  '\n',
  '\r',
  ' ',
  '#',
  ';',
  '=',
  `\${A}`,
  '\\n',
  '\t',
  '%',
  'é',
);
const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(hostile, { maxLength: 24 }).map(parts => parts.join('')),
);
const sendable = values.filter(value => !value.includes('\0'));

describe('reads as python-dotenv does', () => {
  test.each(recorded.cases)('$name', ({ text, values }) => {
    const read = envFile(text, recorded.given).entries.map(({ name, value }) => [name, value]);
    const wanted = Object.entries(values).filter(([name]) => isVariableName(name));

    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(wanted));
  });

  test('whatever stands in a file, it ends, and every line number is one of the file', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, names), { maxLength: 40 }), parts => {
        const text = parts.join('');
        const { entries, problems } = envFile(text);
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const { line } of [...entries, ...problems]) expect(line >= 1 && line <= lines).toBe(true);
      }),
    );
  });

  test('gives back what single quotes hold', () => {
    const plain = sendable.filter(value => !/\r|\$\{/.test(value));
    fc.assert(
      fc.property(names, plain, (name, value) => {
        const text = `${name}='${value.replaceAll(/[\\']/g, '\\$&')}'\n`;
        expect(envFile(text).entries).toEqual([{ name, value, line: 1 }]);
      }),
    );
  });
});

describe('says what it left out, and where', () => {
  test('the line of each variable is the line of its name', () => {
    const { entries } = envFile('\n# first\nA=1\n\nB="x\ny"\nC=3\n');
    expect(entries.map(({ name, line }) => [name, line])).toEqual([
      ['A', 3],
      ['B', 5],
      ['C', 7],
    ]);
  });

  test('lines that are not understood', () => {
    const { entries, problems } = envFile('A=1\n=2\nB="open\nC\n1X=y\n');
    expect(entries.map(entry => entry.name)).toEqual(['A']);
    expect(problems).toEqual([
      { line: 2, message: 'not understood; python-dotenv skips it too' },
      { line: 3, message: 'not understood; python-dotenv skips it too' },
      { line: 4, message: 'C has no "=" and no value; it is not set' },
      { line: 5, message: '"1X" is not a name for a variable' },
    ]);
  });

  test('a name that every object has is not set by itself', () => {
    expect(envFile(`A=[\${constructor}]\n`).entries).toEqual([{ name: 'A', value: '[]', line: 1 }]);
  });

  test('a value with NUL', () => {
    expect(envFile('A="x\0y"\n').problems).toEqual([{ line: 1, message: 'the value of A contains a NUL character' }]);
  });
});

describe('writes for systemd', () => {
  test('1,000 values come back byte for byte through the reader of the runner', () => {
    const pairs = fc.sample(fc.tuple(names, sendable), 1000).map(([name, value], index) => [`${name}_${index}`, value]);
    const text = systemdEnvFile(Object.fromEntries(pairs));
    const script =
      'import json, sys; from decant_runner.env_file import parse; json.dump(parse(json.load(sys.stdin)), sys.stdout)';
    const python = spawnSync('python3', ['-c', script], { cwd: runner, input: JSON.stringify(text), encoding: 'utf8' });

    expect(python.stderr).toBe('');
    expect(JSON.parse(python.stdout)).toEqual(Object.fromEntries(pairs));
  });

  test('quotes, backslashes, dollars, backquotes, newlines', () => {
    expect(systemdEnvFile({ A: 'a"b\\c$d`e\nf', B: '' })).toBe('A="a\\"b\\\\c\\$d\\`e\nf"\nB=""\n');
  });

  test.each([
    ['A B', 'x'],
    ['1A', 'x'],
    ['', 'x'],
    ['A\nB', 'x'],
    ['A', 'x\0y'],
  ])('refuses %j=%j', (name, value) => {
    expect(() => systemdEnvFile({ [name]: value })).toThrow(DecantError);
  });
});
