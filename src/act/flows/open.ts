import { spawn } from 'node:child_process';
import type { OpenAnswer } from '../../model/answers.ts';
import type { Context } from '../context.ts';
import { keptRelease, knownApp } from '../gather/known-app.ts';
import { addressUrl } from '../submit/up-answer.ts';

/** Opens the app in the person's browser; where none can be started, the address is the answer. */
export async function open(context: Context): Promise<OpenAnswer> {
  const gathered = await knownApp(context);
  keptRelease(gathered, undefined);
  const url = addressUrl(gathered.record);
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';

  return { ok: true, url, opened: await started(program, url) };
}

function started(program: string, url: string): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(program, [url], { stdio: 'ignore', detached: true });
    child.on('error', () => resolve(false));
    child.on('close', code => resolve(code === 0));
    child.unref();
  });
}
