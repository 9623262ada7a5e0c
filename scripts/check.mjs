// Everything that must hold before a commit, fastest first. Words after `--` go to the tests: npm run check -- --no-tests
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, '.cache/python-tools');
const pinned = ['ruff==0.14.5', 'mypy==1.18.2'];
const python = join(tools, 'bin/python');
const runner = ['src/act/runner', 'scripts/zipapp.py'];

const checks = [
  ['registries', 'node', ['scripts/gen.mjs', '--check']],
  ['plan schema', 'node', ['--import', 'tsx', 'scripts/gen-schema.mjs', '--check']],
  ['reference', 'node', ['scripts/docs.mjs', '--check']],
  ['settings reference', 'node', ['scripts/config-schema.mjs', '--check']],
  ['types', 'node_modules/.bin/tsc', ['--noEmit', '-p', '.']],
  ['format and lint', 'node_modules/.bin/biome', ['check', '--error-on-warnings', '.']],
  ['python format', python, ['-m', 'ruff', 'format', '--check', '--line-length', '110', ...runner]],
  ['python lint', python, ['-m', 'ruff', 'check', '--line-length', '110', ...runner]],
  ['python types', python, ['-m', 'mypy', '--strict', 'src/act/runner/decant_runner', 'scripts/zipapp.py']],
  ...(process.argv.includes('--no-tests') ? [] : [['tests', 'node', ['scripts/test.mjs']]]),
];

preparePythonTools();
const failed = checks.filter(check => !passes(check)).map(([name]) => name);
console.log(failed.length === 0 ? `${checks.length} checks passed` : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes([name, command, words]) {
  const began = performance.now();
  const { status } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}  ${((performance.now() - began) / 1000).toFixed(1)}s`);
  return status === 0;
}

/** ruff and mypy in their own environment, made once. */
function preparePythonTools() {
  const made = join(tools, `.${pinned.join(',')}`);
  if (existsSync(made)) return;
  run('python3', ['-m', 'venv', '--clear', tools]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pinned]);
  run(python, ['-c', 'import pathlib, sys; pathlib.Path(sys.argv[1]).touch()', made]);
}

function run(command, words) {
  const { status } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}`);
}
