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
  match: ({ output, phase, reason, profile, python }) => {
    const trace = importTraceback(output);
    if (trace === undefined || phase === 'build' || reason === 'check') return null;

    const frame = ownFrame(trace);
    const manifest = profile.dependencies?.files[0] ?? 'requirements.txt';
    const unread = unreadIn(trace);
    if (unread !== undefined)
      return {
        what: `A package can't be read by Python ${python}: ${unread.file} is not written for it.`,
        evidence: [...(frame === undefined ? [] : [placeAndSource(frame)]), unread.line],
        next: [`Raise the pin of the package that ${unread.package_} belongs to in ${manifest}, then: decant up`],
      };
    const misfit = misfitOf(trace);
    if (misfit !== undefined)
      return {
        what: `The package ${misfit.wants} does not fit the ${misfit.gives} that is installed: ${errorLine(trace)}`,
        evidence: [...(frame === undefined ? [] : [placeAndSource(frame)]), misfit.line],
        next: [`Name a version of ${misfit.gives} that fits in ${manifest}, then: decant up`],
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

/** A file of a package in which Python finds no sense: written for another Python. */
function unreadIn({ frames, error }: Traceback) {
  const last = frames.at(-1);
  const [, file, package_] = /[/\\](?:site|dist)-packages[/\\]((\w+)[^"]*)$/.exec(last?.file ?? '') ?? [];
  if (last === undefined || file === undefined || package_ === undefined) return undefined;
  if (!/^(?:SyntaxError|TabError|IndentationError):/.test(error[0] ?? '')) return undefined;
  return { file, package_, line: `${file}:${last.line}  ${last.source[0]?.trim() ?? ''}` };
}

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
