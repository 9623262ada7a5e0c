import { defineCommand } from '../command.ts';
import { runPlan } from '../plan-command.ts';
import { upOptions, upRequest } from '../up-command.ts';
import { waitOption } from '../wait-option.ts';

export default defineCommand({
  name: 'plan',
  group: 'Go live',
  summary: 'Say what up would do, and why',
  description: 'Prints the ordered steps and the files to be written as diffs. Changes nothing.',
  examples: [
    ['decant plan', 'the app in this folder'],
    ['decant plan --exit-code', 'exit 10 when something would change'],
  ],
  arguments: [
    { name: 'source', summary: 'a folder or a git URL (default: this folder)' },
    { name: 'ref', summary: 'a branch, tag or commit (default: the files as they are)' },
  ],
  options: [
    ...upOptions.filter(each => each.flags !== '--dry-run' && each !== waitOption),
    { flags: '--exit-code', summary: 'exit 10 when changes are pending', kind: 'flag' },
  ],
  run: (context, input) => runPlan(context, upRequest(input, input.text('source')), input.flag('exitCode')),
});
