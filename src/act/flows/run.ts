import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { RunAnswer } from '../../model/answers.ts';
import type { ProcessSpec } from '../../model/process-spec.ts';
import type { RunRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { readConfig } from '../gather/config-store.ts';
import { keptRelease, knownApp } from '../gather/known-app.ts';
import { passedVariables } from '../host/passed-variables.ts';

/** Runs a command in a release with exactly its environment, on the person's terminal; the status is the command's own. */
export async function run(context: Context, request: RunRequest): Promise<RunAnswer> {
  const { layout, ...gathered } = await knownApp(context);
  const { version } = keptRelease({ layout, ...gathered }, request.release);
  const release = layout.release(version);
  const spec: ProcessSpec = JSON.parse(readFileSync(`${release.processes}/web.json`, 'utf8'));
  const values = Object.fromEntries(
    readConfig(`${release.folder}/config.json`).map(({ name, value }) => [name, value]),
  );
  const env = { ...passedVariables(context.environment), ...values, ...spec.env };
  const [program = '', ...words] = request.argv;

  return new Promise(resolve => {
    const child = spawn(program, words, { cwd: spec.cwd, env, stdio: 'inherit' });
    child.on('error', error => {
      context.stderr(`decant: ${program}: ${error.message}\n`);
      resolve({ ok: false, status: 127 });
    });
    child.on('close', (code, signal) => {
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ ok: status === 0, status });
    });
  });
}
