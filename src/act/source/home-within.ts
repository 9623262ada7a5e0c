import { existsSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';

/** Where decant's own state lies in a folder of sources, relative to it; undefined: it is elsewhere, or not there yet. */
export function homeWithin(home: string, top: string): string | undefined {
  const inside = relative(real(top), real(home));
  if (inside === '') throw homeIsSource(home);

  return inside === '..' || inside.startsWith('../') || !existsSync(home) ? undefined : inside;
}

/** git answers with real paths; a home may be reached by a link. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function homeIsSource(home: string): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'home-is-source',
    what: "decant's own state and the app's source can't be one folder.",
    evidence: [`DECANT_HOME is ${home}, and so is the source`],
    state: 'Nothing was changed.',
    next: ['unset DECANT_HOME', 'or set it to another folder'],
  });
}
