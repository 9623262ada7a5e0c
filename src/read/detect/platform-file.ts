import { lineOf, tomlTable } from '../install/toml.ts';
import { commandCandidates } from './command-entry.ts';
import { dataAt, jsonData } from './data-at.ts';
import type { EntryCandidate } from './entry.ts';
import { folderHere } from './run-folder.ts';
import type { Scope } from './scope.ts';
import { yamlFile } from './yaml-file.ts';

/** The data of a file that configures a platform, by its ending; undefined when it isn't there or can't be read. */
export function platformData(scope: Scope, path: string): unknown {
  const text = scope.text(path);
  if (/\.toml$/.test(path)) return tomlTable(text);
  return /\.json$/.test(path) ? jsonData(text) : yamlFile(text)?.value;
}

/** The entries of a command that stands in such a file, run in the folder that it names. */
export function platformCandidates(
  scope: Scope,
  path: string,
  command: unknown,
  folder?: string,
): readonly EntryCandidate[] {
  if (typeof command !== 'string') return [];
  const start = command.trim().split('\n')[0] ?? '';
  const place = scope.place(path, lineOf(scope.text(path), start.slice(0, 60)));
  return commandCandidates(scope, command, place, {
    folder: folder === undefined ? undefined : folderHere(scope, folder),
  });
}

/** Every text that stands under a key anywhere in the data. */
export function textsUnder(data: unknown, key: string): readonly string[] {
  if (data === null || typeof data !== 'object') return [];
  const own = dataAt(data, key);
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(data).flatMap(value => textsUnder(value, key))];
}
