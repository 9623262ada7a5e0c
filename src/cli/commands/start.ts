import { printResult } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'start',
  group: 'Operate',
  summary: 'Start the app again',
  examples: [['decant start', 'the release that was live']],
  options: [{ flags: '--foreground', summary: 'stay as long as the app does (for systemd)', kind: 'flag' }, waitOption],
  streams: true,
  interrupt: 'cancel',
  stays: 'foreground',
  async run(context, input) {
    const { start } = await import('../../act/flows/start.ts');
    const answer = await start(context, { foreground: input.flag('foreground'), wait: input.flag('wait') });
    printResult(context, answer, () =>
      input.flag('foreground')
        ? `${answer.app} is stopped.\n`
        : `${answer.app} ${answer.release} ${answer.changed ? 'serves again' : 'was serving already'}: ${answer.url}\n`,
    );
    return 0;
  },
});
