import { printResult } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'stop',
  group: 'Operate',
  summary: 'Stop the app',
  description: 'Ends every process of the app, the front too. Releases and data stay; decant start brings it back.',
  examples: [['decant stop', 'requests in flight are answered first']],
  options: [waitOption],
  streams: true,
  interrupt: 'cancel',
  async run(context, input) {
    const { stop } = await import('../../act/flows/stop.ts');
    const answer = await stop(context, { wait: input.flag('wait') });
    printResult(
      context,
      answer,
      () => `${answer.app} ${answer.changed ? 'is stopped' : 'was not running'}. Bring it back with  decant start\n`,
    );
    return 0;
  },
});
