import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openPythonParser } from '../src/act/source/python-parser.ts';
import { deployPlan } from '../src/decide/deploy-plan.ts';
import type { ParsePython } from '../src/model/repo-files.ts';
import { profileOf } from '../src/read/detect/profile.ts';
import { exampleDeployment, type GoldenFacts } from './support/example-deployment.ts';
import { textFiles } from './support/repo-files.ts';

const facts: GoldenFacts = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/facts.json'), 'utf8'));
const file = '/state/apps/x/releases/v1/secret-requirements.txt';
let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

function decision(texts: Readonly<Record<string, string>>) {
  const files = textFiles({ 'app.py': 'from flask import Flask\napp = Flask(__name__)\n', ...texts });
  const read = { files, ...profileOf(files, parse, { app: 'x' }) };
  const { plan, blobs } = deployPlan(exampleDeployment('x', read, facts));
  const install = plan.steps.find(({ id }) => id === 'build.install')?.action;
  const words = install?.do === 'run' ? install.argv.slice(install.argv.indexOf('--python') + 2) : [];
  return { plan, blobs, words, profile: read.profile };
}

const pipfile = `[[source]]
url = "https://user:S3CRET@index.example/simple"
name = "ours"
[packages]
flask = "*"
`;
const pyproject = `[project]
name = "x"
version = "1"
dependencies = ["flask", "y @ git+https://tok:S3CRET@git.example/y.git@v1", "z @ git+ssh://git@git.example/z.git"]
`;
const poetry = `[tool.poetry]
name = "x"
package-mode = false
[[tool.poetry.source]]
name = "ours"
url = "https://S3CRET@index.example/simple"
priority = "supplemental"
[tool.poetry.dependencies]
python = "^3.10"
flask = "*"
`;

test.each([
  ['Pipfile', pipfile, '--extra-index-url https://user:S3CRET@index.example/simple'],
  ['pyproject.toml', pyproject, 'y @ git+https://tok:S3CRET@git.example/y.git@v1'],
  ['pyproject.toml', poetry, '--extra-index-url https://S3CRET@index.example/simple'],
  [
    'requirements.txt',
    '-i https://u:S3CRET@index.example/simple\n-e .\nflask\n',
    '-i https://u:S3CRET@index.example/simple',
  ],
])('a password in %s is in no step, only in a file for its owner', (path, text, line) => {
  const { plan, blobs, words, profile } = decision({ [path]: text });
  expect(JSON.stringify([plan, profile])).not.toContain('S3CRET');
  expect(words.slice(0, 2)).toEqual(['-r', file]);

  const write = plan.steps.find(({ action }) => action.do === 'write' && action.path === file)?.action;
  expect(write).toMatchObject({ do: 'write', mode: '0600' });
  expect(write?.do === 'write' ? blobs[write.blob] : '').toBe(`${line}\n`);
});

test('the file is there for the install only, and what holds no password stays a word', () => {
  const { plan, words } = decision({ 'pyproject.toml': pyproject });
  const ids = plan.steps.map(({ id }) => id);
  const at = ids.indexOf('build.install');
  expect([ids[at - 1], ids[at + 1]]).toEqual(['build.secret-requirements', 'build.secret-requirements-clean']);
  expect(words.slice(2)).toEqual(['flask', 'z @ git+ssh://git@git.example/z.git', 'gunicorn']);

  const plain = decision({ 'pyproject.toml': pyproject.replace('tok:S3CRET@', '') });
  expect(plain.plan.steps.map(({ id }) => id)).not.toContain('build.secret-requirements');
});
