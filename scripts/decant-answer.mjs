import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ready.mjs';

const longest = 15 * 60_000;

/** Runs decant to its end; its last line is the answer. Ended after a quarter of an hour. Seconds. */
export function decantAnswer(words, environment) {
  const began = performance.now();
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, 'bin/decant.js'), ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const limit = setTimeout(() => child.kill(), longest);
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.on('close', code => {
      clearTimeout(limit);
      resolve({ code, answer: lastObject(output), seconds: (performance.now() - began) / 1000 });
    });
  });
}

function lastObject(output) {
  for (const text of [output, output.trim().split('\n').at(-1)]) {
    try {
      return JSON.parse(text);
    } catch {
      // Not one object: its last line may be.
    }
  }
  return undefined;
}
