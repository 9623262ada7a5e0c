import type { Profile } from '../model/profile.ts';
import type { RepoFiles } from '../model/repo-files.ts';

/** The revisions that the code's Alembic migrations have; empty for any other tool. */
export function migrationRevisions(files: RepoFiles, { migrations, root }: Profile): readonly string[] {
  if (migrations?.tool !== 'flask-migrate' && migrations?.tool !== 'alembic') return [];

  const folder = [root, migrations.folder ?? 'migrations', 'versions'].filter(part => part !== '.').join('/');
  return files.paths
    .filter(path => path.startsWith(`${folder}/`) && path.endsWith('.py'))
    .flatMap(path => /^revision\s*(?::[^=\n]+)?=\s*["']([^"']+)["']/m.exec(files.text(path) ?? '')?.[1] ?? []);
}
