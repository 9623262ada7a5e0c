import { DecantError, exitCodes } from '../base/errors.ts';

/** Something about the command line itself: exit 2. */
export function usageError(what: string, next: readonly string[], evidence: readonly string[] = []): DecantError {
  return new DecantError(exitCodes.usage, { code: 'usage', what, evidence, state: 'Nothing was done.', next });
}
