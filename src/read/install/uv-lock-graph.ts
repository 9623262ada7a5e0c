import { compare, conditioned, type Edge, type Locked, otherIndexes, reachedFrom } from './locked.ts';
import { isProductionGroup } from './production-group.ts';
import { normalName } from './requirements.ts';
import { type Table, tableAt, tablesAt, textAt, textsAt } from './toml.ts';

/** Walks the lock from one of its members (a folder relative to the lock) along the dependencies; undefined when it is no member. */
export function lockedPackages(lock: Table, member: string): Locked | undefined {
  const packages = tablesAt(lock, 'package');
  const root = packages.find(each => folder(each)?.path === member);
  if (root === undefined) return undefined;

  const starts = [{ entry: root, marker: '', extras: [] }, ...productionEdges(packages, root)];
  const reached = reachedFrom(starts, (entry, extras) => edges(packages, entry, extras));
  const entries = [...reached].toSorted(([a], [b]) => compare(nameOf(a), nameOf(b)));

  return {
    requirements: entries.flatMap(([entry, marker]) => requirement(entry, marker) ?? []),
    folders: entries.flatMap(([entry]) => folder(entry) ?? []),
    declared: Object.fromEntries(
      entries
        .filter(([entry]) => folder(entry) === undefined)
        .map(([entry]) => [nameOf(entry), `==${textAt(entry, 'version') ?? ''}`]),
    ),
    options: otherIndexes(entries.flatMap(([entry]) => textAt(tableAt(entry, 'source'), 'registry') ?? [])),
  };
}

function edges(packages: readonly Table[], entry: Table, extras: readonly string[]): readonly Edge<Table>[] {
  const optional = tableAt(entry, 'optional-dependencies');
  const all = [...tablesAt(entry, 'dependencies'), ...extras.flatMap(extra => tablesAt(optional, extra))];
  return edgesOf(packages, all);
}

function edgesOf(packages: readonly Table[], written: readonly Table[]): readonly Edge<Table>[] {
  return written.flatMap(each => {
    const entry = target(packages, each);
    return entry === undefined ? [] : [{ entry, marker: textAt(each, 'marker') ?? '', extras: textsAt(each, 'extra') }];
  });
}

/** The groups that are for production, by their names. */
function productionEdges(packages: readonly Table[], root: Table): readonly Edge<Table>[] {
  const groups = tableAt(root, 'dev-dependencies');
  const names = Object.keys(groups ?? {}).filter(isProductionGroup);
  return edgesOf(
    packages,
    names.flatMap(name => tablesAt(groups, name)),
  );
}

function target(packages: readonly Table[], edge: Table): Table | undefined {
  const version = textAt(edge, 'version');
  return packages.find(
    each =>
      textAt(each, 'name') === textAt(edge, 'name') && (version === undefined || textAt(each, 'version') === version),
  );
}

function requirement(entry: Table, marker: string): string | undefined {
  if (folder(entry) !== undefined) return undefined;

  const source = tableAt(entry, 'source');
  const git = textAt(source, 'git');
  const url = textAt(source, 'url') ?? (git === undefined ? undefined : gitUrl(git));
  const what = url === undefined ? `${nameOf(entry)}==${textAt(entry, 'version') ?? ''}` : `${nameOf(entry)} @ ${url}`;
  return conditioned(what, marker);
}

/** uv writes `https://host/repo?tag=v1#<commit>`. */
function gitUrl(written: string): string {
  const [address = '', commit = ''] = written.split('#');
  const path = /[?&]subdirectory=([^&]+)/.exec(address)?.[1];
  return `git+${address.replace(/\?.*$/, '')}${commit === '' ? '' : `@${commit}`}${path === undefined ? '' : `#subdirectory=${path}`}`;
}

function folder(entry: Table): { readonly path: string; readonly editable: boolean } | undefined {
  const source = tableAt(entry, 'source');
  const editable = textAt(source, 'editable');
  const path = editable ?? textAt(source, 'virtual') ?? textAt(source, 'directory');
  return path === undefined ? undefined : { path, editable: editable !== undefined };
}

function nameOf(entry: Table): string {
  return normalName(textAt(entry, 'name') ?? '');
}
