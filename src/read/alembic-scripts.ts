import type { RepoFiles } from '../model/repo-files.ts';

/** One of Alembic's scripts: its own revision, and those that it follows. */
export interface AlembicScript {
  readonly revision: string;
  readonly follows: readonly string[];
}

/** The scripts of a folder of migrations, as their assignments say. */
export function alembicScripts(files: Pick<RepoFiles, 'paths' | 'text'>, folder: string): readonly AlembicScript[] {
  const prefix = `${folder}/versions/`;
  return files.paths
    .filter(path => path.startsWith(prefix) && path.endsWith('.py'))
    .flatMap(path => {
      const text = files.text(path) ?? '';
      const [revision] = assigned(text, 'revision');
      return revision === undefined ? [] : [{ revision, follows: assigned(text, 'down_revision') }];
    });
}

/** `revision = "a1"`, `down_revision: Union[str, None] = ("b2", "c3")`. */
function assigned(text: string, name: string): readonly string[] {
  const value =
    new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|[^\\n#]+)`, 'm').exec(text)?.[1] ?? '';
  return [...value.matchAll(/["']([^"']+)["']/g)].map(([, revision = '']) => revision);
}
