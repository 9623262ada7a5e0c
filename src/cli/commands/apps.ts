import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'apps',
  group: 'This machine',
  summary: 'List the apps that decant keeps here',
  examples: [['decant apps', 'every app, its release and its address']],
  async run(context) {
    const [{ apps }, { appTable }] = await Promise.all([
      import('../../act/flows/apps.ts'),
      import('../../show/app-table.ts'),
    ]);
    const answer = await apps(context);
    printAnswer(context, answer, view => appTable(answer, view));
    return 0;
  },
});
