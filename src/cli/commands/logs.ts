import { viewOf } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { sinceValue } from '../since.ts';

export default defineCommand({
  name: 'logs',
  group: 'Operate',
  summary: 'Print what the app writes',
  examples: [
    ['decant logs -f', 'as it comes'],
    ['decant logs --since 10m', 'the last ten minutes'],
    ['decant logs --release v13', 'of a release, also of one that failed'],
  ],
  options: [
    { flags: '-f, --follow', summary: 'go on as it comes', kind: 'flag' },
    { flags: '-n, --count <count>', summary: 'the last so many lines (default: 200)', kind: 'number' },
    { flags: '--since <when>', summary: 'from then on: 10m, or 2026-01-31T12:00:00Z', kind: 'text' },
    { flags: '--release <version>', summary: 'of this release (default: the live one)', kind: 'release' },
    { flags: '--process <name>', summary: 'of this process: web, worker', kind: 'text' },
  ],
  async run(context, input) {
    const [{ logs }, { logLineView }] = await Promise.all([
      import('../../act/flows/logs.ts'),
      import('../../show/log-line-view.ts'),
    ]);
    const since = input.text('since');
    const release = input.text('release');
    const process = input.text('process');
    const request = {
      follow: input.flag('follow'),
      count: input.number('count') ?? 200,
      ...(since === undefined ? {} : { since: sinceValue(since, context.now()) }),
      ...(release === undefined ? {} : { release }),
      ...(process === undefined ? {} : { process }),
    };
    const view = viewOf(context);
    await logs(context, request, line => {
      context.stdout(
        context.json ? `${JSON.stringify({ schema: 1, type: 'line', ...line })}\n` : logLineView(line, view),
      );
    });
    return 0;
  },
});
