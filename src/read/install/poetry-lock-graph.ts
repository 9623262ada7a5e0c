import { satisfies } from '@renovatebot/pep440';
import { compare, conditioned, type Edge, type Locked, otherIndexes, reachedFrom } from './locked.ts';
import { variantMarkers, variants } from './poetry-dependencies.ts';
import { isProductionGroup } from './production-group.ts';
import { normalName, requirementOf } from './requirements.ts';
import { type Table, tableAt, tablesAt, textAt, textsAt } from './toml.ts';
import { pep440Range } from './version-range.ts';
import { type Dependency, gitAddress } from './written-dependency.ts';

/** What a poetry.lock (1.x, 2.x) says for production: by its groups where it has them, else along the dependencies from what the project wants. */
export function poetryLocked(lock: Table, wanted: readonly Dependency[] | undefined): Locked {
  const packages = tablesAt(lock, 'package');
  const marked = packages.some(each => Array.isArray(each.groups)) ? grouped(packages) : walked(packages, wanted);
  const entries = [...marked].toSorted(([a], [b]) => compare(nameOf(a), nameOf(b)));
  const indexes = entries.filter(([entry]) => sourceType(entry) === 'legacy').map(([entry]) => sourceUrl(entry));

  return {
    requirements: entries.flatMap(([entry, marker]) => requirement(entry, marker) ?? []),
    folders: entries.flatMap(([entry]) => folder(entry) ?? []),
    declared: Object.fromEntries(
      entries
        .filter(([entry]) => folder(entry) === undefined)
        .map(([entry]) => [nameOf(entry), `==${textAt(entry, 'version') ?? ''}`]),
    ),
    options: otherIndexes(indexes),
  };
}

/** Poetry 2.1 and later writes groups and whole markers itself. */
function grouped(packages: readonly Table[]): ReadonlyMap<Table, string> {
  const isWanted = (each: Table) =>
    each.optional !== true && textsAt(each, 'groups').some(name => name === 'main' || isProductionGroup(name));
  const marked = packages.filter(isWanted).map(each => [each, unasked(groupMarker(each))] as const);
  return new Map(marked.flatMap(([each, marker]) => (marker === undefined ? [] : [[each, marker]])));
}

/** A marker without its alternatives that hold for an extra of the root only; undefined when none is left. */
function unasked(marker: string): string | undefined {
  if (!/\bextra\s*==/.test(marker)) return marker;
  const left = alternatives(marker).filter(each => !/\bextra\s*==/.test(each));
  return left.length === 0 ? undefined : left.join(' or ');
}

function alternatives(marker: string): readonly string[] {
  const found = [''];
  let depth = 0;
  for (const word of marker.split(/( or |[()])/)) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (word === ' or ' && depth === 0) found.push('');
    else found.push(`${found.pop() ?? ''}${word}`);
  }
  return found;
}

function groupMarker(entry: Table): string {
  const perGroup = tableAt(entry, 'markers');
  if (perGroup === undefined) return textAt(entry, 'markers') ?? '';
  const markers = textsAt(entry, 'groups')
    .filter(name => name === 'main' || isProductionGroup(name))
    .map(name => textAt(perGroup, name) ?? '');
  if (markers.includes('')) return '';
  return markers.length === 1 ? (markers[0] ?? '') : markers.map(each => `(${each})`).join(' or ');
}

function walked(packages: readonly Table[], wanted: readonly Dependency[] | undefined): ReadonlyMap<Table, string> {
  if (wanted === undefined) {
    const main = packages.filter(each => each.optional !== true && (textAt(each, 'category') ?? 'main') === 'main');
    return new Map(main.map(each => [each, '']));
  }

  const left: Candidates[] = [];
  const lead = (edge: Candidates): readonly Edge<Table>[] => {
    const [entry, ...others] = edge.entries;
    if (entry !== undefined && others.length === 0) return [{ entry, marker: edge.marker, extras: edge.extras }];
    left.push(edge);
    return [];
  };
  const next = (entry: Table, extras: readonly string[]) => dependencies(packages, entry, extras).flatMap(lead);
  const starts = wanted.flatMap(each => lead(startOf(packages, each)));
  const reached = reachedFrom(starts, next);

  // An edge that fits several locked versions leads to those that others chose; where nobody did, to the newest.
  const open = left.filter(({ entries }) => !entries.some(entry => reached.has(entry)));
  const newest = open.flatMap(({ entries, marker, extras }) =>
    entries.slice(0, 1).map(entry => ({ entry, marker, extras })),
  );
  return newest.length === 0 ? reached : reachedFrom([...starts, ...newest], next);
}

/** A dependency and the locked packages that it may mean, the newest first. */
interface Candidates {
  readonly entries: readonly Table[];
  readonly marker: string;
  readonly extras: readonly string[];
}

function startOf(packages: readonly Table[], dependency: Dependency): Candidates {
  if (dependency.kind === 'project') return { entries: named(packages, dependency.name, ''), marker: '', extras: [] };
  const requirement = requirementOf(dependency.text);
  return {
    entries: named(packages, dependency.name, dependency.specifier),
    marker: requirement?.marker ?? '',
    extras: extrasOf(dependency.text),
  };
}

function dependencies(packages: readonly Table[], entry: Table, extras: readonly string[]): readonly Candidates[] {
  const optional = tableAt(entry, 'extras');
  const asked = new Set(
    extras.flatMap(extra => textsAt(optional, extra)).map(each => normalName(/^[\w.-]+/.exec(each)?.[0] ?? '')),
  );
  return Object.entries(tableAt(entry, 'dependencies') ?? {}).flatMap(([name, written]) =>
    variants(written)
      .filter(each => !isOptional(each) || asked.has(normalName(name)))
      .map(each => ({
        entries: named(packages, name, pep440Range(versionOf(each))),
        marker: withoutExtras(variantMarkers(each).join(' and ')),
        extras: typeof each === 'object' ? textsAt(each as Table, 'extras') : [],
      })),
  );
}

function named(packages: readonly Table[], name: string, range: string): readonly Table[] {
  const all = packages.filter(each => nameOf(each) === normalName(name));
  const fitting = all.filter(each => fits(textAt(each, 'version') ?? '', range));
  return (fitting.length === 0 ? all : fitting).toReversed();
}

function fits(version: string, range: string): boolean {
  return range === '' || satisfies(version, range, { prereleases: true });
}

function versionOf(written: unknown): string {
  return typeof written === 'string' ? written : (textAt(written as Table, 'version') ?? '');
}

function isOptional(written: unknown): boolean {
  return typeof written === 'object' && written !== null && (written as Table).optional === true;
}

/** Extras were looked at on the way; an installer would read them as conditions on the project itself. */
function withoutExtras(marker: string): string {
  const without = marker.replace(/\s*(and\s+)?\(?extra\s*==\s*["'][^"']*["']\)?(\s+(and|or)\b)?/g, ' ').trim();
  return /\bextra\b/.test(without) ? '' : without;
}

function extrasOf(text: string): readonly string[] {
  return (/^[\w.-]+\[([^\]]*)\]/.exec(text)?.[1] ?? '').split(',').filter(each => each !== '');
}

function requirement(entry: Table, marker: string): string | undefined {
  if (folder(entry) !== undefined) return undefined;
  const source = tableAt(entry, 'source');
  const name = textAt(entry, 'name') ?? '';
  if (sourceType(entry) === 'git') {
    const revision = textAt(source, 'resolved_reference') ?? textAt(source, 'reference');
    return conditioned(`${name} @ ${gitAddress(sourceUrl(entry), revision, textAt(source, 'subdirectory'))}`, marker);
  }
  if (sourceType(entry) === 'url') return conditioned(`${name} @ ${sourceUrl(entry)}`, marker);
  return conditioned(`${name}==${textAt(entry, 'version') ?? ''}`, marker);
}

function folder(entry: Table): Locked['folders'][number] | undefined {
  if (sourceType(entry) !== 'directory' && sourceType(entry) !== 'file') return undefined;
  return { path: sourceUrl(entry), editable: entry.develop === true };
}

function sourceType(entry: Table): string {
  return textAt(tableAt(entry, 'source'), 'type') ?? '';
}

function sourceUrl(entry: Table): string {
  return textAt(tableAt(entry, 'source'), 'url') ?? '';
}

function nameOf(entry: Table): string {
  return normalName(textAt(entry, 'name') ?? '');
}
