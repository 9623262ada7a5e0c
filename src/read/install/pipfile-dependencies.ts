import { otherIndexes } from './locked.ts';
import { type Table, textAt } from './toml.ts';
import { pep440Range } from './version-range.ts';
import { type Dependency, dependencyOf } from './written-dependency.ts';

/** A section of a Pipfile or Pipfile.lock, entry by entry. */
export function pipfileDependencies(section: Table | undefined): readonly Dependency[] {
  return Object.entries(section ?? {}).flatMap(([name, written]) => {
    const table = typeof written === 'object' && written !== null ? (written as Table) : {};
    return dependencyOf(name, written, range, markersOf(table)) ?? [];
  });
}

/** Indexes that are not the default one. An address that takes a password from the environment can't be used as it is. */
export function pipfileIndexes(sources: readonly Table[]): readonly string[] {
  return otherIndexes(sources.flatMap(each => textAt(each, 'url') ?? []).filter(url => !url.includes('$')));
}

/** Pipenv's versions are PEP 440 already, but for "*" and a bare one. */
function range(version: string): string {
  return pep440Range(version.replaceAll(/\s+/g, ''));
}

function markersOf(table: Table): readonly string[] {
  const own = markerVariables.flatMap(name => {
    const condition = textAt(table, name);
    return condition === undefined ? [] : [`${name} ${condition}`];
  });
  return [textAt(table, 'markers') ?? '', ...own].filter(each => each !== '');
}

/** Each may stand as a key of its own: `sys_platform = "== 'win32'"`. */
const markerVariables = [
  'os_name',
  'sys_platform',
  'platform_machine',
  'platform_system',
  'platform_version',
  'python_version',
  'python_full_version',
  'implementation_name',
  'platform_python_implementation',
];
