import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every path below a folder with its kind, its mode and the hash of its content: equal only if nothing changed. */
export function fingerprint(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(paths.map(path => [path, described(join(folder, path))]));
}

function described(path: string): string {
  const stat = lstatSync(path);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (stat.isFile()) return `${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  return stat.isDirectory() ? `${mode} folder` : 'socket';
}
