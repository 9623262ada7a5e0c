import { all } from './causes/_all.gen.ts';
import type { Explanation, Failure, FailureContext } from './failure.ts';
import { shownTrace } from './traceback.ts';

export interface ExplainedFailure extends Explanation {
  /** The cause's code; "unknown" when no cause fits. */
  readonly code: string;
  readonly person: boolean;
}

// A tool may print a list of a million letters in one line (pip does when the disk is full).
const longestLine = 1000;

const causes: readonly Failure[] = [...all].sort((a, b) => a.rank - b.rank);

/**
 * The first cause that fits, most specific first. What none explains is shown as the app or the tool said it, without
 * a guess. Passwords in URLs are never part of an explanation; paths in a release are relative to the repository.
 */
export function explainedFailure(failure: FailureContext): ExplainedFailure {
  const context = { ...failure, output: failure.output.map(line => line.slice(0, longestLine)) };
  for (const { code, person, match } of causes) {
    const explanation = match(context);
    if (explanation !== null) return masked({ code, person, ...explanation });
  }
  return masked({ code: 'unknown', person: false, ...unknown(context) });
}

function unknown(context: FailureContext): Explanation {
  return {
    what: `The step ${context.step} failed: ${context.message}.`,
    evidence: shownTrace(context.output),
    next: [],
  };
}

function masked(failure: ExplainedFailure): ExplainedFailure {
  const mask = (text: string) =>
    text
      .replaceAll(/(\/\/[^/\s:@]*):(?!PASSWORD@)[^@\s/]+@/g, '$1:***@')
      .replaceAll(/\/[\w./-]*?\/releases\/v\d+\/(?:code|site)\//g, '')
      .replaceAll(/\(\/[\w./-]*?\/(?:releases\/v\d+\/venv|venvs\/[0-9a-f]+)\/lib\/python[\d.]+\/site-packages\//g, '(');
  return { ...failure, what: mask(failure.what), evidence: failure.evidence.map(mask), next: failure.next.map(mask) };
}
