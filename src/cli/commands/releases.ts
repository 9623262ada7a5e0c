import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';
import { releaseValue } from '../input.ts';

export default defineCommand({
  name: 'releases',
  group: 'Releases',
  summary: 'List releases, show one, compare two',
  examples: [
    ['decant releases', 'newest first'],
    ['decant releases show v12', 'what it is made of'],
    ['decant releases diff v11 v12', 'what differs'],
  ],
  options: [{ flags: '-n, --count <count>', summary: 'at most so many (default: 20)', kind: 'number' }],
  async run(context, input) {
    const [{ listReleases }, { releaseTable }] = await Promise.all([
      import('../../act/flows/releases.ts'),
      import('../../show/release-table.ts'),
    ]);
    const answer = await listReleases(context, { count: input.number('count') ?? 20 });
    printAnswer(context, answer, view => releaseTable(answer, view));
    return 0;
  },
  subcommands: [
    {
      name: 'show',
      summary: 'What a release is made of and what happened to it',
      arguments: [{ name: 'version', summary: 'a release: v12', required: true }],
      async run(context, input) {
        const [{ showRelease }, { releaseView }] = await Promise.all([
          import('../../act/flows/releases.ts'),
          import('../../show/release-view.ts'),
        ]);
        const answer = await showRelease(context, { version: releaseValue(input.text('version') ?? '') });
        printAnswer(context, answer, view => releaseView(answer, view));
        return 0;
      },
    },
    {
      name: 'diff',
      summary: 'What differs between two releases',
      arguments: [
        { name: 'from', summary: 'a release: v11', required: true },
        { name: 'to', summary: 'another (default: the live one)' },
      ],
      async run(context, input) {
        const [{ diffReleases }, { releaseDiffView }] = await Promise.all([
          import('../../act/flows/releases.ts'),
          import('../../show/release-view.ts'),
        ]);
        const to = input.text('to');
        const answer = await diffReleases(context, {
          from: releaseValue(input.text('from') ?? ''),
          ...(to === undefined ? {} : { to: releaseValue(to) }),
        });
        printAnswer(context, answer, view => releaseDiffView(answer, view));
        return 0;
      },
    },
  ],
});
