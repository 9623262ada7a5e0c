import { defineFailure } from '../failure.ts';
import { errorLine, importTraceback, isOwn, ownFrame, placeAndSource, shownTrace } from '../traceback.ts';

export default defineFailure({
  code: 'app-import-error',
  means: "The app's own code raises an error while it is imported",
  rank: 42,
  person: true,
  match: ({ output, phase, reason }) => {
    const trace = importTraceback(output);
    if (trace === undefined || phase === 'build' || reason === 'check') return null;

    const frame = ownFrame(trace);
    return {
      what: `The app can't be imported: ${errorLine(trace)}`,
      evidence: [
        ...(frame === undefined ? [] : [placeAndSource(frame)]),
        ...(trace.frames.filter(isOwn).length > 1 ? shownTrace(output) : []),
      ],
      next: ['Correct that line, then: decant up'],
    };
  },
});
