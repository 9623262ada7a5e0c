import type { Context } from '../act/context.ts';
import type { UpRequest } from '../model/requests.ts';
import { printResult } from './answer.ts';
import type { Option } from './command.ts';
import type { Input } from './input.ts';
import { runPlan } from './plan-command.ts';
import { waitOption } from './wait-option.ts';

/** What `up` and `deploy` share. */
export const upOptions: readonly Option[] = [
  { flags: '--port <port>', summary: 'the port to listen on (default: 8000, else the next free one)', kind: 'number' },
  { flags: '--watch <duration>', summary: 'how long the old release stays ready after the switch', kind: 'duration' },
  { flags: '--with-state', summary: 'first release: copy databases and uploads that git ignores', kind: 'flag' },
  waitOption,
  { flags: '--force', summary: 'make a release even if nothing changed', kind: 'flag' },
  { flags: '--dry-run', summary: 'only print the plan', kind: 'flag' },
];

/** `up` and `deploy`; with --dry-run the same as `plan`. */
export async function runUp(context: Context, input: Input, source: string | undefined): Promise<number> {
  const request = upRequest(input, source);
  if (input.flag('dryRun')) return runPlan(context, request, false);
  const [{ up }, { upScreen }] = await Promise.all([import('../act/flows/up.ts'), import('../show/up-screen.ts')]);
  const answer = await up(context, request);
  printResult(context, answer, view => upScreen(answer, view));
  return 0;
}

/** The flow's request out of the command line. */
export function upRequest(input: Input, source: string | undefined): UpRequest {
  const ref = input.text('ref');
  const port = input.number('port');
  const watchSeconds = input.number('watch');
  return {
    ...(source === undefined ? {} : { source }),
    ...(ref === undefined ? {} : { ref }),
    ...(port === undefined ? {} : { port }),
    ...(watchSeconds === undefined ? {} : { watchSeconds }),
    withState: input.flag('withState'),
    wait: input.flag('wait'),
    force: input.flag('force'),
  };
}
