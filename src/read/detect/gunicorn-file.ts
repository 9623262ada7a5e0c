import { join } from 'node:path/posix';
import { gunicornLine } from '../gunicorn-line.ts';

/**
 * gunicorn's configuration file, relative to the app's folder: what the person's own line names, else the one that
 * gunicorn reads by itself. Null: there is none.
 */
export function gunicornFile(line: string | undefined, has: (path: string) => boolean): string | null {
  const named = gunicornLine(line).config?.replace(
    /^python:([\w.]+)$/,
    (_, module: string) => `${module.replaceAll('.', '/')}.py`,
  );
  const places = named === undefined ? [] : [join(named), named.replace(/^.*\//, '')];
  return [...places, 'gunicorn.conf.py'].find(path => !/^\.\.|^\//.test(path) && has(path)) ?? null;
}
