import type { Profile } from '../model/profile.ts';
import type { RepoFiles } from '../model/repo-files.ts';
import { alembicScripts } from './alembic-scripts.ts';

/** The revisions that the code's Alembic migrations have; empty for any other tool. */
export function migrationRevisions(files: RepoFiles, { migrations, root }: Profile): readonly string[] {
  if (migrations === null || !/^(?:flask-migrate|alembic|self)$/.test(migrations.tool)) return [];

  const folder = [root, migrations.folder ?? 'migrations'].filter(part => part !== '.').join('/');
  return alembicScripts(files, folder).map(({ revision }) => revision);
}
