import { printResult } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'destroy',
  group: 'This machine',
  summary: 'Remove the app, its releases and its data',
  description:
    'Stops every process and removes everything that decant keeps of the app, databases and uploads included. Asks first.',
  examples: [
    ['decant destroy', 'the app of this folder'],
    ['decant destroy --all --yes', 'every app, the tools and the caches'],
  ],
  options: [{ flags: '--all', summary: 'every app, and the tools and caches too', kind: 'flag' }, waitOption],
  streams: true,
  interrupt: 'cancel',
  async run(context, input) {
    const { destroy } = await import('../../act/flows/destroy.ts');
    const answer = await destroy(context, { all: input.flag('all'), wait: input.flag('wait') });
    printResult(
      context,
      answer,
      () => `Removed ${answer.apps.length === 0 ? 'nothing: there was no app' : answer.apps.join(', ')}.\n`,
    );
    return 0;
  },
});
