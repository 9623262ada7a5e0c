import type * as z from 'zod';
import { nearest } from '../../base/nearest.ts';
import { knownKeys, placesOfKey } from './known-keys.ts';
import { configSchema } from './schema.ts';

export type Issue = z.core.$ZodIssue;

/** What is wrong with a value, as a sentence about its key. `written`: the value's text where it is one word or number. */
export function issueWords(issue: Issue, written: string | undefined): string {
  const name = `\`${keyPath(issue.path)}\``;
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${name} is missing`;
  if (issue.code === 'invalid_type')
    return `${name} must be ${kinds[issue.expected] ?? issue.expected}${contrast(issue, written)}`;
  if (issue.code === 'invalid_value') return `${name} must be ${choice(issue.values.map(String), written)}`;
  if (issue.code === 'invalid_union') return unionWords(name, issue, written);
  if (issue.code === 'too_small') return `${name} must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${name} must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_key') return `${name} ${issue.issues[0]?.message ?? 'is no name'}`;
  return `${name} ${issue.message}`;
}

/** What to say of a key that nobody knows at this path. */
export function unknownKeyWords(path: readonly PropertyKey[], name: string): string {
  const known = knownKeys(configSchema, path);
  const meant = nearest(name, known);
  const elsewhere = placesOfKey(configSchema, name)[0];
  const advice =
    meant === undefined
      ? elsewhere === undefined
        ? ''
        : `; it belongs to \`${elsewhere}\``
      : `; did you mean \`${meant}\`?`;
  const where = path.length === 0 ? '' : ` in \`${keyPath(path)}\``;
  return `unknown key \`${name}\`${where}${advice}`;
}

/** "targets.local.port" */
export function keyPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a whole number',
  object: 'a mapping (lines of "key: value")',
  record: 'a mapping (lines of "key: value")',
  array: 'a list (lines that begin with "- ")',
};

function contrast(issue: Issue & { readonly code: 'invalid_type' }, written: string | undefined): string {
  if (issue.input === null) return ', not null';
  if (Array.isArray(issue.input)) return ', not a list';
  if (typeof issue.input === 'object') return ', not a mapping';
  if (written === undefined) return '';
  return issue.expected === 'string' ? `: put it in quotes, "${written}"` : `, not ${JSON.stringify(written)}`;
}

function unionWords(
  name: string,
  issue: Issue & { readonly code: 'invalid_union' },
  written: string | undefined,
): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  return written === undefined
    ? `${name} is missing: it must be ${choice(options, undefined)}`
    : `${name} must be ${choice(options, written)}`;
}

function choice(options: readonly string[], written: string | undefined): string {
  const meant = written === undefined || options.length < 2 ? undefined : nearest(written, options);
  const list = options.length === 1 ? options.join('') : `one of ${options.join(', ')}`;
  return `${list}${written === undefined ? '' : `, not ${JSON.stringify(written)}`}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
