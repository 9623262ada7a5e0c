import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'inspect',
  group: 'Go live',
  summary: 'Say what decant understands of a repository',
  description: "Reads a repository and says what it is, each claim with its place. Never runs the app's code.",
  examples: [
    ['decant inspect', 'the repository in this folder'],
    ['decant inspect --json', 'everything, for programs'],
  ],
  arguments: [
    { name: 'source', summary: 'a folder or a git URL (default: this folder)' },
    { name: 'ref', summary: 'a branch, tag or commit (default: the files as they are)' },
  ],
  async run(context, input) {
    const [{ inspect }, { profileView }] = await Promise.all([
      import('../../act/flows/inspect.ts'),
      import('../../show/profile-view.ts'),
    ]);
    const source = input.text('source');
    const ref = input.text('ref');
    const answer = await inspect(context, {
      ...(source === undefined ? {} : { source }),
      ...(ref === undefined ? {} : { ref }),
    });
    printAnswer(context, answer, view => profileView(answer, view));
    return 0;
  },
});
