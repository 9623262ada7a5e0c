import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepoFiles } from '../../src/model/repo-files.ts';

/** A folder as RepoFiles, for tests: all files but git's and caches. */
export function repoFiles(folder: string): RepoFiles {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(path => !/(^|\/)(\.git|__pycache__|node_modules|\.venv)\//.test(path))
    .sort();

  return repoFilesOf(new Map(paths.map(path => [path, () => decoded(readFileSync(join(folder, path)))])));
}

/** RepoFiles from texts in memory. */
export function textFiles(texts: Readonly<Record<string, string>>): RepoFiles {
  return repoFilesOf(new Map(Object.entries(texts).map(([path, text]) => [path, () => text])));
}

function repoFilesOf(readers: ReadonlyMap<string, () => string | undefined>): RepoFiles {
  const texts = new Map<string, string | undefined>();

  return {
    paths: [...readers.keys()].sort(),
    text(path) {
      if (!texts.has(path)) texts.set(path, readers.get(path)?.());
      return texts.get(path);
    },
  };
}

function decoded(bytes: Buffer): string | undefined {
  if (bytes.length > 1024 * 1024) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(bytes);
  if (bytes.subarray(0, 8000).includes(0)) return undefined;

  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
