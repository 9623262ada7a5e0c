import { satisfies } from '@renovatebot/pep440';
import type { Problem } from '../../model/profile.ts';
import { normalName } from './requirements.ts';
import { type Table, tablesAt, textAt } from './toml.ts';

interface Wanted {
  readonly name: string;
  readonly specifier: string;
}

/** A lock that lacks what its source names, or holds no version that the source admits, is older than the source. */
export function staleLock(
  lock: { readonly file: string; readonly place: string; readonly command: string },
  source: { readonly file: string; readonly wanted: readonly Wanted[] },
  versions: ReadonlyMap<string, readonly string[]>,
): Problem | undefined {
  const missing = source.wanted.filter(({ name }) => !versions.has(name)).map(({ name }) => name);
  const other = source.wanted
    .filter(({ name, specifier }) => !admits(versions.get(name) ?? [], specifier))
    .map(({ name, specifier }) => `${name}${specifier}`);
  if (missing.length + other.length === 0) return undefined;

  const reasons = [
    ...(missing.length === 0 ? [] : [`it lacks ${missing.join(', ')}`]),
    ...(other.length === 0 ? [] : [`it has no version that fits ${other.join(', ')}`]),
  ];
  return {
    id: 'lock-stale',
    message: `${lock.file} is older than ${source.file}: ${reasons.join('; ')}. It is not used; to renew it: ${lock.command}`,
    place: lock.place,
  };
}

function admits(versions: readonly string[], specifier: string): boolean {
  const known = versions.filter(version => /^\d/.test(version));
  if (specifier === '' || known.length === 0) return true;
  return known.some(version => satisfies(version, specifier, { prereleases: true }));
}

/** Normalised name → the versions that a lock written in TOML has of it. */
export function lockVersions(lock: Table): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, string[]>();
  for (const each of tablesAt(lock, 'package')) {
    const name = normalName(textAt(each, 'name') ?? '');
    versions.set(name, [...(versions.get(name) ?? []), textAt(each, 'version') ?? '']);
  }
  return versions;
}
