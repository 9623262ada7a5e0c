import { defineCommand } from '../command.ts';
import { runUp, upOptions } from '../up-command.ts';

export default defineCommand({
  name: 'up',
  group: 'Go live',
  first: true,
  summary: 'Bring an app live here, or update it',
  description: 'Builds a release of the app aside, checks it, and switches to it without a failed request.',
  examples: [
    ['decant up', 'the app in this folder'],
    ['decant up https://example.com/shop.git v1.2', 'a tag of a git repository'],
    ['decant up --port 8080', 'on another port'],
    ['decant up --dry-run', 'only say what would be done'],
  ],
  arguments: [
    { name: 'source', summary: 'a folder or a git URL (default: this folder)' },
    { name: 'ref', summary: 'a branch, tag or commit (default: the files as they are)' },
  ],
  options: upOptions,
  streams: true,
  interrupt: 'cancel',
  run: (context, input) => runUp(context, input, input.text('source')),
});
