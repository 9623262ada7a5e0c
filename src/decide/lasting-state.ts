import type { Profile, StatePath } from '../model/profile.ts';
import type { AppState } from '../model/state.ts';

/**
 * What the live release keeps in `shared/` and the new code was not understood to write: it stays linked, or visitors would
 * meet an empty database. A folder in which the new code has modules of its own is code now.
 */
export function lastingState(
  { root, state }: Pick<Profile, 'root' | 'state'>,
  { linked, live }: Pick<AppState, 'linked' | 'live'>,
  paths: readonly string[],
): StatePath[] {
  const prefix = root === '.' ? '' : `${root}/`;
  const known = state.map(({ path }) => `${prefix}${path}`);

  return linked
    .filter(({ path }) => path.startsWith(prefix))
    .filter(
      ({ path }) => !known.some(each => each === path || path.startsWith(`${each}/`) || each.startsWith(`${path}/`)),
    )
    .filter(
      ({ path, kind }) => kind === 'file' || !paths.some(each => each.startsWith(`${path}/`) && each.endsWith('.py')),
    )
    .map(({ path, kind }) => ({ path: path.slice(prefix.length), kind, evidence: `${live}` }));
}
