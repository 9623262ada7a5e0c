import { join, normalize } from 'node:path/posix';
import type { Scope } from './scope.ts';

/**
 * The folder of the scope, "" for its own, that a command means: a path relative to where the command stands, or a path of
 * another machine (`/app/backend`, `$HOME/site/backend`) whose end is a folder here. Undefined when nothing here fits.
 */
export function folderHere(scope: Scope, written: string, base = ''): string | undefined {
  const plain = normalize(written.replace(/^~|\$\{?\w+\}?/g, '/').replaceAll('//', '/')).replace(/\/$/, '');
  if (plain === '.' || plain === '') return base;
  if (!plain.startsWith('/')) return [normalize(join(base, plain)), plain].find(path => isFolder(scope, path));

  const parts = plain.split('/').filter(part => part !== '');
  const ends = parts.map((_, at) => parts.slice(at).join('/'));
  return ends.find(path => isFolder(scope, path));
}

function isFolder(scope: Scope, path: string): boolean {
  return !path.startsWith('..') && scope.files.some(each => each.startsWith(`${path}/`));
}
