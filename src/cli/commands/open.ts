import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'open',
  group: 'Operate',
  summary: 'Open the app in a browser',
  examples: [['decant open', 'prints the address too']],
  async run(context) {
    const { open } = await import('../../act/flows/open.ts');
    const answer = await open(context);
    printAnswer(context, answer, () => `${answer.url}\n`);
    return 0;
  },
});
