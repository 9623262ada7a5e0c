import type { Context } from '../../act/context.ts';
import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'lock',
  group: 'Other',
  summary: 'Say who is changing the app',
  description: 'The lock belongs to the process that changes the app and ends with it: there is never one to clear.',
  examples: [['decant lock status', 'who, since when, and whether a client is attached']],
  run: printLock,
  subcommands: [{ name: 'status', summary: 'Say who is changing the app', run: printLock }],
});

async function printLock(context: Context): Promise<number> {
  const [{ lockStatus }, { lockView }] = await Promise.all([
    import('../../act/flows/lock.ts'),
    import('../../show/lock-view.ts'),
  ]);
  const answer = await lockStatus(context);
  printAnswer(context, answer, view => lockView(answer, view));
  return 0;
}
