import { own } from '../../base/own.ts';
import type { Deployment } from '../../model/deployment.ts';

/** The name under which a migration's success is kept in the journal. */
export function migrationNote(hash: string): string {
  return `migrated.${hash.slice(0, 16)}`;
}

/**
 * Whether the schema must be touched: these migrations have not run on this database yet. Older ones than the newest
 * that ran are no longer pending (after a rollback their tool would not even know the database's revision). A
 * `release:` command may do anything: it is pending whenever code or environment differ from the live release's.
 */
export function isMigrationPending({ profile, migrationHash, state }: Deployment): boolean {
  if (profile.migrations === null || migrationHash === null) return false;

  const live = state.releases.find(release => release.version === state.live);
  if (live?.migration?.hash === migrationHash) return false;
  return profile.migrations.tool === 'release' || state.notes[migrationNote(migrationHash)] === undefined;
}

/** SQLite databases of the app that hold something now. What the environment says counts more than the code's default. */
export function sqliteFiles({ profile, environment, state }: Deployment): string[] {
  const { variable, kind } = profile.database ?? { variable: null, kind: null };
  const url = variable === null ? undefined : own(environment, variable);
  const isSqlite = url === undefined ? kind === 'sqlite' : /^sqlite\b/.test(url);

  return isSqlite ? state.databases.map(database => database.path) : [];
}
