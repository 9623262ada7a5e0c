import { setTimeout as sleep } from 'node:timers/promises';
import { printAnswer, viewOf } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'status',
  group: 'Operate',
  summary: 'Say whether the app is well',
  examples: [
    ['decant status', 'now'],
    ['decant status --watch', 'again and again'],
  ],
  options: [{ flags: '-w, --watch', summary: 'ask again every two seconds', kind: 'flag' }],
  async run(context, input) {
    const [{ status }, { statusView }] = await Promise.all([
      import('../../act/flows/status.ts'),
      import('../../show/status-view.ts'),
    ]);
    const redraws = input.flag('watch') && context.isTTY.stdout && !context.json;
    for (;;) {
      const answer = await status(context);
      if (redraws) context.stdout(`\x1b[H\x1b[J${statusView(answer, viewOf(context))}`);
      else printAnswer(context, answer, view => statusView(answer, view));
      if (!input.flag('watch')) return 0;
      await sleep(2000);
    }
  },
});
