import { parse } from 'smol-toml';
import { own } from '../../base/own.ts';

/** A TOML file's top table; undefined when it can't be read. */
export function tomlTable(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined;
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

export type Table = Readonly<Record<string, unknown>>;

/** The table at a path of keys. */
export function tableAt(table: Table | undefined, ...keys: readonly string[]): Table | undefined {
  let current: unknown = table;
  for (const key of keys) current = isTable(current) ? own(current, key) : undefined;
  return isTable(current) ? current : undefined;
}

export function textAt(table: Table | undefined, key: string): string | undefined {
  const value = table === undefined ? undefined : own(table, key);
  return typeof value === 'string' ? value : undefined;
}

/** The strings of a list; a single string counts as a list of one. */
export function textsAt(table: Table | undefined, key: string): readonly string[] {
  const value = table === undefined ? undefined : own(table, key);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : [];
}

export function tablesAt(table: Table | undefined, key: string): readonly Table[] {
  const value = table === undefined ? undefined : own(table, key);
  return Array.isArray(value) ? value.filter(isTable) : [];
}

function isTable(value: unknown): value is Table {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The line, from 1, on which a text first stands in a source; 1 when it does not. */
export function lineOf(source: string | undefined, text: string | RegExp): number {
  const lines = (source ?? '').split(/\r?\n/);
  const at = lines.findIndex(line => (typeof text === 'string' ? line.includes(text) : text.test(line)));
  return at === -1 ? 1 : at + 1;
}
