import { lstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

/**
 * Whether the folder of the sockets is ours alone: in /tmp anybody could have made one of its name, to listen there.
 * As `check` of decant_runner/keep/place.py.
 */
export function isOwnRunFolder(run: string): boolean {
  const { uid } = userInfo();
  try {
    const found = lstatSync(run);
    const above = lstatSync(dirname(run));
    const isOurs = found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
    return isOurs && above.isDirectory() && [uid, 0].includes(above.uid);
  } catch {
    return false;
  }
}
