import { defineFailure } from '../failure.ts';

export default defineFailure({
  code: 'runner-killed',
  means: 'The runner was killed before it had switched; the next one took its work back',
  rank: 5,
  person: false,
  match: ({ reason, step, message }) => {
    if (reason !== 'killed') return null;

    return {
      what: 'The runner, which does the work, was killed; the next one took back what it had begun.',
      evidence: [step === '' ? message : `${step}: ${message}`],
      next: ['run the same command again'],
    };
  },
});
