import type { ProgressEvent } from '../../model/progress.ts';
import type { Reporter } from '../reporter.ts';

/** For programs: each event is one line of JSON; the last line is the result, with its answer spread out. */
export function jsonReporter(write: (text: string) => void): Reporter {
  let ended = false;
  return {
    report(event: ProgressEvent): void {
      if (ended) return;
      const line = event.type === 'result' ? { type: event.type, ...event.answer } : event;
      write(`${JSON.stringify({ schema: 1, ...line })}\n`);
      ended = event.type === 'result';
    },
    tick(): void {},
    end(): void {
      ended = true;
    },
  };
}
