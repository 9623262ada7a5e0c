import { defineCommand } from '../command.ts';
import { runUp, upOptions } from '../up-command.ts';

export default defineCommand({
  name: 'deploy',
  group: 'Go live',
  summary: 'Deploy the app in this folder to a target',
  description: 'As `decant up` does, but always for the app in this folder.',
  examples: [
    ['decant deploy', 'the files as they are'],
    ['decant deploy main -t local', 'a branch, to a target'],
  ],
  arguments: [{ name: 'ref', summary: 'a branch, tag or commit (default: the files as they are)' }],
  options: upOptions,
  streams: true,
  interrupt: 'cancel',
  run: (context, input) => runUp(context, input, undefined),
});
