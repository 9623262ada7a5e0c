import { valueHash } from '../base/hash.ts';
import type { Profile } from '../model/profile.ts';
import type { RepoFiles } from '../model/repo-files.ts';

/**
 * What a migration would run, as a hash: the files of its folder, its command and the database that it runs on. A
 * `release:` command may do anything: it depends on the commit and the whole environment.
 */
export function migrationHash(
  profile: Profile,
  files: RepoFiles,
  world: { readonly commit: string; readonly environment: Readonly<Record<string, string>> },
): string | null {
  const { migrations } = profile;
  if (migrations === null) return null;
  if (migrations.tool === 'release') return valueHash({ command: migrations.command, ...world });

  const prefix = [profile.root, migrations.folder]
    .filter(part => part !== '.' && part !== null && part !== '')
    .join('/');
  const scripts = files.paths
    .filter(path => (migrations.folder === null ? /(?:^|\/)migrations\//.test(path) : path.startsWith(`${prefix}/`)))
    .map(path => [path, files.text(path) ?? '']);
  const databases = Object.entries(world.environment).filter(([name]) =>
    /DATABASE|(?:^|_)DB|SQL|PG|POSTGRES|MYSQL/.test(name),
  );

  return valueHash({ command: migrations.command, scripts, databases });
}
