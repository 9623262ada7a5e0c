import { join } from 'node:path/posix';
import type { EntryCandidate } from './entry.ts';
import { type Scope, scopeAt } from './scope.ts';

/** What is found in the folder that was named, else in the scope's own. */
export function inFolders(
  scope: Scope,
  folder: string | undefined,
  found: (home: Scope) => EntryCandidate | undefined,
): EntryCandidate | undefined {
  for (const each of new Set([folder ?? '', ''])) {
    const home = each === '' ? scope : scopeAt(scope.repository, join(scope.root, each));
    const candidate = found(home);
    if (candidate !== undefined)
      return each === '' ? candidate : { ...candidate, folder: join(each, candidate.folder ?? '') };
  }
  return undefined;
}
