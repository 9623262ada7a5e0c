import { printResult } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'restart',
  group: 'Operate',
  summary: 'Start the app anew without a failed request',
  description: 'Makes a new release of the same build beside the old one, and switches to it.',
  examples: [['decant restart', 'no visitor notices']],
  options: [waitOption],
  streams: true,
  interrupt: 'cancel',
  async run(context, input) {
    const [{ restart }, { upScreen }] = await Promise.all([
      import('../../act/flows/restart.ts'),
      import('../../show/up-screen.ts'),
    ]);
    const answer = await restart(context, { wait: input.flag('wait') });
    printResult(context, answer, view => upScreen(answer, view));
    return 0;
  },
});
