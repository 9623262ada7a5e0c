import { dirname, join } from 'node:path/posix';
import type { Scope } from './scope.ts';

/** Whether a line of a .gitignore means this path, relative to the scope's root. Negations are left aside. */
export function isIgnoredByGit({ repository, root }: Scope, path: string): boolean {
  const whole = join(root, path);
  return foldersAbove(whole).some(folder => {
    const below = folder === '.' ? whole : whole.slice(folder.length + 1);
    const lines = (repository.files.text(join(folder, '.gitignore')) ?? '').split(/\r?\n/);
    return lines.some(line => means(line.trim(), below));
  });
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '.' ? ['.'] : [folder, ...foldersAbove(folder)];
}

function means(line: string, path: string): boolean {
  if (line === '' || /^[#!]/.test(line)) return false;
  const pattern = line.replace(/\/$/, '');
  const isAnchored = pattern.includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replaceAll(/[^\w*?/]/g, character => `\\${character}`)
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll(/(?<!\.)\*/g, '[^/]*')
    .replaceAll(/(?<!\)|:)\?(?!:)/g, '[^/]');
  return new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${body}(?:/.*)?$`).test(path);
}
