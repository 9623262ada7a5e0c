import type { Scope } from './scope.ts';

/** The newest revisions of Alembic's scripts in a folder: more than one where branches were never merged. */
export function alembicHeads(scope: Scope, folder: string): readonly string[] {
  const scripts = scope.files
    .filter(path => path.startsWith(`${folder}/versions/`) && path.endsWith('.py'))
    .map(path => scope.text(path) ?? '');
  const revisions = scripts.flatMap(text => assigned(text, 'revision').slice(0, 1));
  const followed = new Set(scripts.flatMap(text => assigned(text, 'down_revision')));

  return [...new Set(revisions)].filter(revision => !followed.has(revision)).toSorted();
}

/** `revision = "a1"`, `down_revision: Union[str, None] = ("b2", "c3")`. */
function assigned(text: string, name: string): readonly string[] {
  const value =
    new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|[^\\n#]+)`, 'm').exec(text)?.[1] ?? '';
  return [...value.matchAll(/["']([^"']+)["']/g)].map(([, revision = '']) => revision);
}
