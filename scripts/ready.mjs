// Makes a fresh clone ready to run: the development packages, then the bundle. Uses nothing but Node itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Installs and builds what is missing or older than its sources; says what it does as it does it. */
export async function ready() {
  refuseOldNode();
  if (!hasPackages()) {
    await told('Installing the development packages (npm ci)', 'npm', [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    writeFileSync(stampFile(), lockHash());
  }
  if (!isBuilt()) await told('Building', process.execPath, ['scripts/build.mjs']);
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;

  process.stderr.write(`decant needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exit(3);
}

function stampFile() {
  return join(root, 'node_modules/.installed-from');
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function hasPackages() {
  return existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === lockHash();
}

function isBuilt() {
  const bundle = join(root, 'dist/cli.mjs');
  if (!existsSync(bundle)) return false;

  const built = statSync(bundle).mtimeMs;
  return newest(join(root, 'src')) < built && statSync(join(root, 'scripts/build.mjs')).mtimeMs < built;
}

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.name !== '__pycache__' && !entry.name.startsWith('.'))
      .map(entry => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
      }),
  );
}

/** Runs a program behind one line that shows that it is still at work; its words are shown when it fails. */
async function told(title, program, words) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  const live = process.stderr.isTTY;
  process.stderr.write(`${title}…${live ? '' : '\n'}`);
  const timer = setInterval(
    () => process.stderr.write(live ? `\r${title}… ${seconds()}` : `  still at it, ${seconds()}\n`),
    live ? 1000 : 10_000,
  );
  const { status, output } = await ended(program, words);

  clearInterval(timer);
  process.stderr.write(live ? `\r${title}, done in ${seconds()}\n` : `  done in ${seconds()}\n`);
  if (status === 0) return;

  process.stderr.write(`${output}\n${title} failed (${program} ${words.join(' ')}).\n`);
  process.exit(1);
}

function ended(program, words) {
  return new Promise(resolve => {
    const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    child.on('error', error => resolve({ status: 127, output: error.message }));
    child.on('close', status => resolve({ status, output }));
  });
}

/** Where scripts keep what can be made again. */
export function cacheFolder(name) {
  const folder = join(root, '.cache', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
