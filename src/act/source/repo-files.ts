import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepoFiles } from '../../model/repo-files.ts';

const largest = 1024 * 1024;

/** A commit's files as read sees them, from a folder that holds them. Each file is read at most once. */
export function repoFiles(folder: string, paths: readonly string[]): RepoFiles {
  const known = new Set(paths);
  const texts = new Map<string, string | undefined>();

  return {
    paths,
    text(path) {
      if (!known.has(path)) return undefined;
      if (!texts.has(path)) texts.set(path, readText(join(folder, path)));
      return texts.get(path);
    },
  };
}

function readText(path: string): string | undefined {
  try {
    const stat = lstatSync(path);
    return stat.isFile() && stat.size <= largest ? decoded(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-16 by its mark, which stays (installers can't read it), UTF-8 where it is valid, else Latin-1; undefined for what is no text. */
function decoded(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return `\uFEFF${bytes.subarray(2).toString('utf16le')}`;
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return `\uFEFF${Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le')}`;
  if (bytes.subarray(0, 8192).includes(0)) return undefined;

  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
