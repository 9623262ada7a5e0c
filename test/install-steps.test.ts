import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openPythonParser } from '../src/act/source/python-parser.ts';
import { deployPlan } from '../src/decide/deploy-plan.ts';
import type { Deployment, Remedies } from '../src/model/deployment.ts';
import type { ParsePython } from '../src/model/repo-files.ts';
import { profileOf } from '../src/read/detect/profile.ts';
import { exampleDeployment, type GoldenFacts } from './support/example-deployment.ts';
import { textFiles } from './support/repo-files.ts';

const facts: GoldenFacts = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/facts.json'), 'utf8'));
let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

/** The words after the interpreter, by step. */
function installs(
  texts: Readonly<Record<string, string>>,
  change: (deployment: Deployment) => Deployment = same => same,
): Readonly<Record<string, readonly string[]>> {
  const files = textFiles({ 'app.py': 'from flask import Flask\napp = Flask(__name__)\n', ...texts });
  const read = { files, ...profileOf(files, parse, { app: 'x' }) };
  const { steps } = deployPlan(change(exampleDeployment('x', read, facts))).plan;
  return Object.fromEntries(
    steps.flatMap(({ id, action }) =>
      action.do === 'run' && /^build\.(install|setup)/.test(id)
        ? [[id, action.argv.slice(action.argv.indexOf('--python') + 2)]]
        : [],
    ),
  );
}

const code = '/state/apps/x/releases/v1/code';

test('an option is as many words as the installer expects', () => {
  const steps = installs({
    'requirements.txt': '--extra-index-url https://index.example/simple\n-e .\nflask==3.1.3\n',
  });
  expect(steps['build.install']).toEqual([
    '--extra-index-url',
    'https://index.example/simple',
    'flask==3.1.3',
    'gunicorn',
  ]);
});

test('where requirements have hashes, what decant adds is installed after them', () => {
  const steps = installs({ 'requirements.txt': '--require-hashes\nflask==3.1.3 --hash=sha256:aa\n' });
  expect(steps).toEqual({ 'build.install': ['-r', `${code}/requirements.txt`], 'build.install-server': ['gunicorn'] });
});

test('a setup.py that has to be asked is asked in a copy', () => {
  const steps = installs({ 'setup.py': 'from setuptools import setup\nsetup(install_requires=needed())\n' });
  expect(Object.keys(steps)).toEqual(['build.setup-copy', 'build.install']);
  expect(steps['build.install']).toEqual(['-r', '/state/apps/x/releases/v1/setup/setup.py', 'gunicorn']);
});

const remedied =
  (remedies: Remedies, version?: string) =>
  (deployment: Deployment): Deployment => ({
    ...deployment,
    python: { ...deployment.python, ...(version === undefined ? {} : { version }) },
    venv: { ...deployment.venv, remedies },
  });

test('packages of a day: what serves and builds them may be newer', () => {
  const remedies = { additions: ['setuptools<81'], build: [], newest: '2019-05-03' };
  const words = installs({ 'requirements.txt': 'flask\n' }, remedied(remedies))['build.install'] ?? [];
  expect(words.slice(0, 4)).toEqual([
    '--exclude-newer',
    '2019-05-03',
    '--exclude-newer-package',
    'setuptools=2999-01-01',
  ]);
  for (const name of ['gunicorn', 'uvicorn']) expect(words).toContain(`${name}=2999-01-01`);
  expect(words.slice(-4)).toEqual(['-r', `${code}/requirements.txt`, 'gunicorn', 'setuptools<81']);
});

test('a server that replaces a pinned one brings packages of its own time', () => {
  const remedies = { additions: [], build: [], newest: '2017-10-15' };
  const steps = installs({ 'requirements.txt': 'flask\ngunicorn==19.7.1\n' }, remedied(remedies, '3.7.16'));
  expect(steps['build.install-server']).toContain('importlib-metadata=2999-01-01');
  expect(steps['build.install']).not.toContain('importlib-metadata=2999-01-01');
});

test('an old pip gets the build tools of old into the environment', () => {
  const remedies = { additions: [], build: ['setuptools<46'], newest: null };
  const steps = installs({ 'requirements.txt': 'flask\n' }, remedied(remedies, '3.6.15'));
  expect(Object.keys(steps)).toEqual(['build.install-tools', 'build.install']);
  expect(steps['build.install-tools']).toContain('setuptools<46');

  expect(Object.keys(installs({ 'requirements.txt': 'flask\n' }, remedied(remedies)))).toEqual(['build.install']);
});

test.each([
  ['uvicorn==0.11.7', 'asgi', { 'build.install-server': ['uvicorn>=0.12,<0.15'] }],
  ['uvicorn==0.12.0', 'asgi', {}],
  ['gunicorn==20.1.0', 'wsgi', { 'build.install-server': ['gunicorn>20.1'] }],
  ['gunicorn==20.2', 'wsgi', {}],
])('a pinned server that can not serve here is replaced after the rest: %s', (pin, kind, server) => {
  const framework = kind === 'asgi' ? 'fastapi' : 'flask';
  const name = kind === 'asgi' ? 'FastAPI' : 'Flask';
  const { 'build.install': _, ...others } = installs({
    'app.py': `from ${framework} import ${name}\napp = ${name}(__name__)\n`,
    'requirements.txt': `${framework}\n${pin}\n`,
  });
  expect(others).toEqual(server);
});

test.each([
  ['gevent', '', ['gunicorn', 'gevent', 'packaging']],
  ['gevent', 'gevent==22.10.2', ['gunicorn<24', 'packaging']],
  ['gevent', 'gevent==22.10.2\ngunicorn', ['gunicorn<24', 'packaging']],
  ['gevent', 'gevent==25.9.1\ngunicorn==23.0.0', ['packaging']],
  ['eventlet', '', ['gunicorn<26', 'eventlet', 'packaging']],
  ['eventlet', 'eventlet==0.33.3', ['gunicorn<24', 'packaging']],
  ['flask_sockets.worker', 'gunicorn', ['gevent', 'gevent-websocket', 'packaging']],
])('a kind of worker brings its packages, and a gunicorn that has it: %s, %s', (kind, declared, added) => {
  const steps = installs({
    Procfile: `web: gunicorn -k ${kind} app:app\n`,
    'requirements.txt': `flask\n${declared}\n`,
  });
  expect(steps['build.install']?.slice(2)).toEqual(added);
});

test('a server that is replaced stays one that has the kind of worker', () => {
  const steps = installs({
    Procfile: 'web: gunicorn -k eventlet app:app\n',
    'requirements.txt': 'flask\ngunicorn==20.0.4\neventlet==0.30.2\n',
  });
  expect(steps['build.install-server']).toEqual(['gunicorn>20.1,<24']);
});
