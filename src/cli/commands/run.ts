import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'run',
  group: 'Operate',
  summary: "Run a command with the app's code and environment",
  description: "Runs a command in the live release, with exactly its environment. Ends with the command's own status.",
  examples: [
    ['decant run -- flask routes', 'any command of the app'],
    ['decant run -- python manage.py createsuperuser', 'interactive ones too'],
  ],
  arguments: [{ name: 'command', summary: 'the command and its arguments', required: true, variadic: true }],
  options: [{ flags: '--release <version>', summary: 'in this release (default: the live one)', kind: 'release' }],
  passThrough: true,
  interrupt: 'child',
  async run(context, input) {
    const { run } = await import('../../act/flows/run.ts');
    const release = input.text('release');
    const answer = await run(context, { argv: input.list('command'), ...(release === undefined ? {} : { release }) });
    return answer.status;
  },
});
