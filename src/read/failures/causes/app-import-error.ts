import { defineFailure } from '../failure.ts';
import {
  errorLine,
  importTraceback,
  isOwn,
  ownFrame,
  placeAndSource,
  shownTrace,
  type Traceback,
} from '../traceback.ts';

export default defineFailure({
  code: 'app-import-error',
  means: "The app's own code raises an error while it is imported",
  rank: 42,
  person: true,
  match: ({ output, phase, reason, profile }) => {
    const trace = importTraceback(output);
    if (trace === undefined || phase === 'build' || reason === 'check') return null;

    const frame = ownFrame(trace);
    const misfit = misfitOf(trace);
    if (misfit !== undefined)
      return {
        what: `The package ${misfit.wants} does not fit the ${misfit.gives} that is installed: ${errorLine(trace)}`,
        evidence: [...(frame === undefined ? [] : [placeAndSource(frame)]), misfit.line],
        next: [
          `Name a version of ${misfit.gives} that fits in ${profile.dependencies?.files[0] ?? 'requirements.txt'}, then: decant up`,
        ],
      };
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

/** `cannot import name 'x' from 'b'`, raised in package a: the two are of different times. */
function misfitOf({ frames, error }: Traceback) {
  const last = frames.at(-1);
  const wants = last === undefined ? undefined : packageIn(last.file);
  const gives = /^ImportError: cannot import name '\w+' from '(\w+)/.exec(error[0] ?? '')?.[1];
  if (last === undefined || wants === undefined || gives === undefined || wants === gives) return undefined;
  return { wants, gives, line: `${wants}: ${last.source[0]?.trim() ?? ''}` };
}

function packageIn(file: string): string | undefined {
  return /[/\\](?:site|dist)-packages[/\\](\w+)/.exec(file)?.[1];
}
