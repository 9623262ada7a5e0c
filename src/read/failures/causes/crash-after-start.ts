import { defineFailure } from '../failure.ts';
import { shownTrace } from '../traceback.ts';

export default defineFailure({
  code: 'crash-after-start',
  means: 'A process of the new release answered or started, and then died',
  rank: 62,
  person: true,
  match: ({ reason, message, output, phase }) => {
    if (reason !== 'dead' && !(reason === 'deadline' && phase === 'workers')) return null;

    return {
      what: phase === 'watch' ? `It answered at first, and then died: ${message}.` : `It did not stay up: ${message}.`,
      evidence: shownTrace(output),
      next: ['Correct what ended it, then: decant up'],
    };
  },
});
