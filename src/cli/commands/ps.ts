import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'ps',
  group: 'Operate',
  summary: 'List the processes of the app',
  examples: [['decant ps', 'each with its release, memory and restarts']],
  async run(context) {
    const [{ ps }, { processTable }] = await Promise.all([
      import('../../act/flows/ps.ts'),
      import('../../show/process-table.ts'),
    ]);
    const answer = await ps(context);
    printAnswer(context, answer, view => processTable(answer, view));
    return 0;
  },
});
