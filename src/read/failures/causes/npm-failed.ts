import { defineFailure } from '../failure.ts';
import { npmFault } from '../npm-fault.ts';

export default defineFailure({
  code: 'npm-failed',
  means: "npm can't install the packages of a front end, or run its script",
  rank: 19,
  person: true,
  match: ({ output, step }) => (step.startsWith('build.command') ? npmFault(output) : null),
});
