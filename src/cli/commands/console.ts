import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'console',
  group: 'Operate',
  summary: 'Open a Python shell inside the app',
  examples: [['decant console', "the framework's own shell"]],
  options: [{ flags: '--release <version>', summary: 'in this release (default: the live one)', kind: 'release' }],
  interrupt: 'child',
  async run(context, input) {
    const { openConsole } = await import('../../act/flows/console.ts');
    const release = input.text('release');
    const answer = await openConsole(context, release === undefined ? {} : { release });
    return answer.status;
  },
});
