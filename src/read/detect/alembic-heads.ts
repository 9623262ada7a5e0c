import { alembicScripts } from '../alembic-scripts.ts';
import type { Scope } from './scope.ts';

/** The newest revisions of Alembic's scripts in a folder: more than one where branches were never merged. */
export function alembicHeads(scope: Scope, folder: string): readonly string[] {
  const scripts = alembicScripts(scope, folder);
  const followed = new Set(scripts.flatMap(({ follows }) => follows));

  return [...new Set(scripts.map(({ revision }) => revision))].filter(revision => !followed.has(revision)).toSorted();
}
