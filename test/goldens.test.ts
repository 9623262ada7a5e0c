import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../src/act/source/python-parser.ts';
import type { ParsePython } from '../src/model/repo-files.ts';
import { profileOf } from '../src/read/detect/profile.ts';
import { repoFiles } from './support/repo-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

describe('every example has the profile that its golden says', () => {
  test.each(examples)('%s', name => {
    const found = profileOf(repoFiles(join(root, 'examples', name)), parse, { app: name });
    expectGolden(`${name}/profile.json`, found);
  });
});

test('no golden is left of an example that is gone', () => {
  const goldens = readdirSync(join(root, 'test', 'golden')).filter(name =>
    existsSync(join(root, 'test', 'golden', name, 'profile.json')),
  );
  expect(goldens).toEqual(examples);
});

function expectGolden(path: string, value: unknown): void {
  const file = join(root, 'test', 'golden', path);
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
