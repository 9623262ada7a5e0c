import { beforeAll, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { iniSections } from '../../src/read/install/ini.ts';
import { tableAt, textsAt, tomlTable } from '../../src/read/install/toml.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

const inherited = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];

test.each(inherited)('an extra called %s that nobody declares brings no package', name => {
  const files = textFiles({
    'requirements.txt': `gunicorn==23.0.0\n-e .[${name}]\n`,
    'pyproject.toml': '[project]\nname = "x"\ndependencies = ["flask"]\n',
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  });
  expect(profileOf(files, parse, { app: 'x' }).install.packages).toEqual(['gunicorn==23.0.0', 'flask']);
});

test.each(inherited)('a call of %s opens no database', name => {
  const files = textFiles({
    'requirements.txt': 'flask\n',
    'app.py': `import sqlite3\nfrom flask import Flask\napp = Flask(__name__)\nx = ${name}("create_engine connect(")\n`,
  });
  expect(profileOf(files, parse, { app: 'x' }).profile.database).toBe(null);
});

test.each(inherited)('a section or a table called %s is one like any other', name => {
  expect(Object.entries(iniSections(`[${name}]\nkey = 1\n`))).toEqual([[name, { key: ['1'] }]]);
  const table = tomlTable('[a]\nb = 1\n');
  expect([tableAt(table, name), textsAt(table, name)]).toEqual([undefined, []]);
});
