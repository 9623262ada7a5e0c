import { DecantError, exitCodes } from '../base/errors.ts';

/** decant's own fault: exit 70. */
export function bugFound(what: string, evidence: string): DecantError {
  return new DecantError(exitCodes.bug, {
    code: 'bug',
    what: `${what}.`,
    evidence: evidence.trim().split('\n').slice(-20),
    state: 'Whatever served before still serves; nothing is left locked.',
    next: ['decant status', 'run the same command again: it undoes or finishes what was begun'],
  });
}

/** Cancelled before anything was done. */
export function notBegun(): DecantError {
  return new DecantError(exitCodes.interrupted, {
    code: 'cancelled',
    what: 'Cancelled.',
    evidence: [],
    state: 'Nothing was changed by this command.',
    next: ['run the same command again'],
  });
}
