import { printResult } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { releaseValue } from '../input.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'rollback',
  group: 'Releases',
  summary: 'Make an earlier release live again',
  description:
    'Goes back to the newest good release that differs, or to the one named: its code, packages and environment. Database migrations are not undone.',
  examples: [
    ['decant rollback', 'to the one before'],
    ['decant rollback v12', 'to that one'],
  ],
  arguments: [{ name: 'version', summary: 'a release: v12' }],
  options: [waitOption],
  streams: true,
  interrupt: 'cancel',
  async run(context, input) {
    const [{ rollback }, { upScreen }] = await Promise.all([
      import('../../act/flows/rollback.ts'),
      import('../../show/up-screen.ts'),
    ]);
    const version = input.text('version');
    const answer = await rollback(context, {
      ...(version === undefined ? {} : { version: releaseValue(version) }),
      wait: input.flag('wait'),
    });
    printResult(context, answer, view => upScreen(answer, view));
    return 0;
  },
});
