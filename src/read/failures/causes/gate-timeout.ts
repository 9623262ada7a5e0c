import { defineFailure } from '../failure.ts';
import { packagesTraceback, shownTrace } from '../traceback.ts';

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
      next: [
        packagesTraceback(output) === undefined
          ? 'Make the start of the app, or that route, faster; then: decant up'
          : 'These packages fail without the app: pin other versions of them, then: decant up',
      ],
    };
  },
});
