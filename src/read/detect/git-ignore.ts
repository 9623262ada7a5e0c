import { dirname, join } from 'node:path/posix';
import type { Scope } from './scope.ts';

/** Whether a line of a .gitignore means this path, relative to the scope's root. Negations are left aside. */
export function isIgnoredByGit({ repository, root }: Scope, path: string): boolean {
  const whole = join(root, path);
  if (whole.length > longest) return false;
  return foldersAbove(whole).some(folder => {
    const below = folder === '.' ? whole : whole.slice(folder.length + 1);
    const lines = (repository.files.text(join(folder, '.gitignore')) ?? '').split(/\r?\n/);
    return lines.some(line => means(line.trim(), below));
  });
}

/** No path of a file is longer, in characters. */
const longest = 1024;

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '.' ? ['.'] : [folder, ...foldersAbove(folder)];
}

function means(line: string, path: string): boolean {
  if (line === '' || /^[#!]/.test(line) || line.length > longest) return false;
  const pattern = line.replace(/\/$/, '');
  const places = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  const isNamed = (wish: string, name: string) => fits([...wish], [...name], '*', (a, b) => a === '?' || a === b);
  return fits(`${places}/**`.split('/'), path.split('/'), '**', isNamed);
}

/** Whether a list is what a pattern says, in which a star stands for any number of parts. A regex could take years. */
function fits(
  pattern: readonly string[],
  parts: readonly string[],
  star: string,
  same: (wish: string, part: string) => boolean,
): boolean {
  let [at, next, afterStar, from] = [0, 0, -1, 0];
  while (next < parts.length) {
    const wish = pattern[at];
    if (wish === star) {
      at += 1;
      [afterStar, from] = [at, next];
    } else if (wish !== undefined && same(wish, parts[next] ?? '')) {
      at += 1;
      next += 1;
    } else {
      if (afterStar < 0) return false;
      from += 1;
      [at, next] = [afterStar, from];
    }
  }
  return pattern.slice(at).every(wish => wish === star);
}
