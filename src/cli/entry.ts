import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';
import type { World } from './world.ts';

/** Set by the build. */
declare const DECANT_VERSION: string | undefined;

const here = dirname(fileURLToPath(import.meta.url));
const isBuilt = typeof DECANT_VERSION !== 'undefined';

const world: World = {
  environment: process.env,
  cwd: process.cwd(),
  platform: process.platform,
  node: process.execPath,
  nodeVersion: process.versions.node,
  assets: isBuilt ? here : join(here, '../../dist'),
  version: isBuilt ? (DECANT_VERSION ?? '') : 'development',
  isTTY: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  },
  get columns() {
    // A terminal that does not know its size says 0.
    return process.stderr.columns || process.stdout.columns || undefined;
  },
  now: () => Date.now() / 1000,
  stdout: text => void process.stdout.write(text),
  stderr: text => void process.stderr.write(text),
  isFolder: path => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
  async confirm(question) {
    const { confirm } = await import('@clack/prompts');
    return (await confirm({ message: question, initialValue: false, output: process.stderr })) === true;
  },
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    return () => void process.off('SIGINT', listener).off('SIGTERM', listener);
  },
  exit: code => process.exit(code),
};

// A reader that went away (`decant logs | head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const code = await main(process.argv.slice(2), world);
// A pipe takes what it has room for; the rest would be lost with the process.
for (const stream of [process.stdout, process.stderr]) await new Promise(written => stream.write('', written));
process.exit(code);
