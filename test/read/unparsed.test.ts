import { beforeAll, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

const flask = 'from flask import Flask\nimport deep\napp = Flask(__name__)\n';

function found(deep: string) {
  const files = textFiles({ 'requirements.txt': 'flask', 'app.py': flask, 'deep.py': deep });
  return profileOf(files, parse, { app: 'x' }).profile;
}

const shapes: readonly (readonly [string, (depth: number) => string])[] = [
  ['a chain of calls', depth => `q${'.a()'.repeat(depth / 2)}`],
  ['a sum', depth => `${'"a" + '.repeat(depth)}"b"`],
  ['brackets', depth => '['.repeat(depth) + ']'.repeat(depth)],
  ['calls in calls', depth => `${'f('.repeat(depth / 2)}1${')'.repeat(depth / 2)}`],
];

test.each(shapes)('%s nested too deep is one file less', (_, text) => {
  for (const depth of [600, 5000, 60_000]) {
    const { entry, problems } = found(`import os\nSECRET_KEY = os.environ["X"]\nvalue = ${text(depth)}\n`);
    expect(entry).toBe('app:app');
    expect(problems.filter(({ id }) => id === 'unparsed')).toMatchObject([{ fatal: false, place: 'deep.py:1' }]);
  }
});

test.each(shapes)('%s as deep as decant reads', (_, text) => {
  const places = ['SECRET_KEY', 'SQLALCHEMY_DATABASE_URI', 'app.config["UPLOAD_FOLDER"]', 'DATABASES', 'DEBUG'];
  const { entry, problems } = found(
    ['import os', ...places.map(place => `${place} = ${text(480)}`), `DATABASES = {"default": ${text(480)}}`].join(
      '\n',
    ),
  );
  expect(entry).toBe('app:app');
  expect(problems.filter(({ id }) => id === 'unparsed')).toEqual([]);
});
