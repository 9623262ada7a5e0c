import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Interpreter } from '../../model/deployment.ts';
import type { Profile } from '../../model/profile.ts';

/** decant itself needs a Python to work with on the host. */
export function noPython(found: readonly Interpreter[]): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'no-python',
    what: 'There is no Python 3.8 or later on this machine.',
    evidence: found.map(python => `${python.version}  ${python.path}`),
    state: 'Nothing was changed.',
    next: ['sudo apt install python3 python3-venv'],
  });
}

/** The app declares a Python that is not here. */
export function noFittingPython(
  next: { readonly requires: string | null; readonly found: readonly string[] },
  profile: Profile,
): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'no-python-fits',
    what: `The app needs Python ${next.requires ?? '3.8 or later'}, and this machine has none that fits.`,
    evidence: [
      ...(profile.python.source === null ? [] : [profile.python.source]),
      `found: ${next.found.join(', ') || 'none'}`,
    ],
    state: 'Nothing was changed.',
    next: [
      `uv python install ${/\d+\.\d+/.exec(next.requires ?? '')?.[0] ?? '3.12'}`,
      'or change what the app declares',
      'decant up',
    ],
  });
}
