import { defineFailure } from '../failure.ts';
import { shownTrace } from '../traceback.ts';

export default defineFailure({
  code: 'gate-timeout',
  means: 'The new release did not answer in time',
  rank: 64,
  person: true,
  match: ({ reason, message, output, phase }) => {
    if (reason !== 'deadline' || phase !== 'gate') return null;

    return {
      what: `The new release did not answer in time: ${message}.`,
      evidence: shownTrace(output),
      next: ['Make the start of the app, or that route, faster; then: decant up'],
    };
  },
});
