import { compare, conditioned, type Edge, type Locked, reachedFrom } from './locked.ts';
import { isProductionGroup } from './production-group.ts';
import { normalName, type Requirement, requirementOf } from './requirements.ts';
import { type Table, tablesAt, textAt, textsAt } from './toml.ts';
import { gitAddress } from './written-dependency.ts';

/** What a pdm.lock says for production: by its groups where it has them, else along the dependencies from what the project wants. */
export function pdmLocked(lock: Table, wanted: readonly Requirement[]): Locked {
  const packages = tablesAt(lock, 'package');
  const isGrouped = packages.some(each => Array.isArray(each.groups));
  const marked = isGrouped ? grouped(packages) : walked(packages, wanted);
  const entries = [...marked].toSorted(([a], [b]) => compare(nameOf(a), nameOf(b)));

  return {
    requirements: entries.flatMap(([entry, marker]) => requirement(entry, marker) ?? []).toSorted(compare),
    folders: entries.flatMap(([entry]) => folder(entry) ?? []),
    declared: Object.fromEntries(
      entries
        .filter(([entry]) => folder(entry) === undefined)
        .map(([entry]) => [nameOf(entry), `==${textAt(entry, 'version') ?? ''}`]),
    ),
    options: [],
  };
}

function grouped(packages: readonly Table[]): ReadonlyMap<Table, string> {
  const isWanted = (each: Table) => textsAt(each, 'groups').some(name => name === 'default' || isProductionGroup(name));
  return new Map(packages.filter(isWanted).map(each => [each, textAt(each, 'marker') ?? '']));
}

function walked(packages: readonly Table[], wanted: readonly Requirement[]): ReadonlyMap<Table, string> {
  const edges = (requirements: readonly Requirement[]) => requirements.flatMap(each => edge(packages, each));
  return reachedFrom(edges(wanted), entry =>
    edges(textsAt(entry, 'dependencies').flatMap(each => requirementOf(each) ?? [])),
  );
}

/** A package with extras has an entry of its own, which names the plain one. */
function edge(packages: readonly Table[], requirement: Requirement): readonly Edge<Table>[] {
  const extras = extrasOf(requirement.text);
  const named = packages.filter(each => nameOf(each) === requirement.name);
  const entry = named.find(each => textsAt(each, 'extras').toSorted().join() === extras) ?? named[0];
  return entry === undefined ? [] : [{ entry, marker: requirement.marker, extras: [] }];
}

function extrasOf(text: string): string {
  const written = /^[\w.-]+\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return written.split(',').toSorted().join();
}

function requirement(entry: Table, marker: string): string | undefined {
  if (folder(entry) !== undefined) return undefined;
  const extras = textsAt(entry, 'extras');
  const name = `${textAt(entry, 'name') ?? ''}${extras.length === 0 ? '' : `[${extras.join(',')}]`}`;
  const git = textAt(entry, 'git');
  const revision = textAt(entry, 'revision') ?? textAt(entry, 'ref');
  const url = git === undefined ? textAt(entry, 'url') : gitAddress(git, revision, textAt(entry, 'subdirectory'));
  return conditioned(url === undefined ? `${name}==${textAt(entry, 'version') ?? ''}` : `${name} @ ${url}`, marker);
}

function folder(entry: Table): Locked['folders'][number] | undefined {
  const path = textAt(entry, 'path');
  return path === undefined ? undefined : { path, editable: entry.editable === true };
}

function nameOf(entry: Table): string {
  return normalName(textAt(entry, 'name') ?? '');
}
