import { defineFailure, type FailureContext } from '../failure.ts';

export default defineFailure({
  code: 'killed-for-memory',
  means: 'The system killed a process because memory ran out',
  rank: 14,
  person: false,
  match: context => {
    const said = workerKilled(context.output);
    if (said === undefined && !wasKilled(context)) return null;

    return {
      what: 'The system killed the process (signal 9), which it does when memory runs out.',
      evidence: [context.message, ...(said === undefined ? [] : [said])],
      next: [
        'journalctl -k -g "out of memory" -n 5    # whether it was so',
        context.phase === 'build'
          ? 'More memory or swap, then: decant up'
          : 'More memory, or fewer workers, then: decant up',
      ],
    };
  },
});

function wasKilled({ message, status }: FailureContext): boolean {
  return /\bsignal 9\b|SIGKILL/.test(message) || status === -9 || status === 137;
}

/** gunicorn kills its own workers too, after a timeout and when it is told to end. */
function workerKilled(output: readonly string[]): string | undefined {
  const at = output.findIndex(line => line.includes('was sent SIGKILL! Perhaps out of memory?'));
  return output.slice(0, at).some(line => /WORKER TIMEOUT|Handling signal: (?:term|int|quit)/.test(line))
    ? undefined
    : output[at];
}
