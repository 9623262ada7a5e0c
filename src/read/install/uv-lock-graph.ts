import { normalName } from './requirements.ts';
import { type Table, tableAt, tablesAt, textAt, textsAt } from './toml.ts';

/** What a uv.lock says for production: no development groups, no extras of the root. */
export interface Locked {
  /** "name==1.2 ; marker", sorted; a git or URL source in PEP 508 form. */
  readonly requirements: readonly string[];
  /** Packages that are folders of the repository, relative to the lock. */
  readonly folders: readonly { readonly path: string; readonly editable: boolean }[];
  readonly declared: Readonly<Record<string, string>>;
  /** Index options for registries that are not the default one. */
  readonly options: readonly string[];
}

/** Walks the lock from one of its members (a folder relative to the lock) along the dependencies; undefined when it is no member. */
export function lockedPackages(lock: Table, member: string): Locked | undefined {
  const packages = tablesAt(lock, 'package');
  const root = packages.find(each => folder(each)?.path === member);
  if (root === undefined) return undefined;

  const reached = reachedFrom(packages, root);
  const entries = [...reached].toSorted(([a], [b]) => compare(nameOf(a), nameOf(b)));

  return {
    requirements: entries.flatMap(([entry, markers]) => requirement(entry, markers) ?? []),
    folders: entries.flatMap(([entry]) => folder(entry) ?? []),
    declared: Object.fromEntries(
      entries
        .filter(([entry]) => folder(entry) === undefined)
        .map(([entry]) => [nameOf(entry), `==${textAt(entry, 'version') ?? ''}`]),
    ),
    options: indexOptions(entries.map(([entry]) => entry)),
  };
}

/** Per package, the conditions under which it is wanted; an empty condition is "always". */
type Reached = Map<Table, Set<string>>;

function reachedFrom(packages: readonly Table[], root: Table): Reached {
  const reached: Reached = new Map([[root, new Set([''])]]);
  const seen = new Set<string>();
  const queue = [{ entry: root, marker: '', extras: [] as readonly string[] }];

  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const { edge, extras } of edges(next.entry, next.extras)) {
      const entry = target(packages, edge);
      const marker = both(next.marker, textAt(edge, 'marker') ?? '');
      const key = `${textAt(edge, 'name')}@${textAt(entry, 'version')} ${marker} ${extras.join()}`;
      if (entry === undefined || seen.has(key) || seen.size > 20_000) continue;
      seen.add(key);
      reached.set(entry, (reached.get(entry) ?? new Set()).add(marker));
      queue.push({ entry, marker, extras });
    }
  }
  return reached;
}

function edges(
  entry: Table,
  extras: readonly string[],
): readonly { readonly edge: Table; readonly extras: readonly string[] }[] {
  const optional = tableAt(entry, 'optional-dependencies');
  const all = [...tablesAt(entry, 'dependencies'), ...extras.flatMap(extra => tablesAt(optional, extra))];
  return all.map(edge => ({ edge, extras: textsAt(edge, 'extra') }));
}

function target(packages: readonly Table[], edge: Table): Table | undefined {
  const version = textAt(edge, 'version');
  return packages.find(
    each =>
      textAt(each, 'name') === textAt(edge, 'name') && (version === undefined || textAt(each, 'version') === version),
  );
}

function both(a: string, b: string): string {
  if (a === '' || a === b) return b;
  return b === '' ? a : `(${a}) and (${b})`;
}

function requirement(entry: Table, markers: ReadonlySet<string>): string | undefined {
  if (folder(entry) !== undefined) return undefined;

  const source = tableAt(entry, 'source');
  const git = textAt(source, 'git');
  const url = textAt(source, 'url') ?? (git === undefined ? undefined : gitUrl(git));
  const what = url === undefined ? `${nameOf(entry)}==${textAt(entry, 'version') ?? ''}` : `${nameOf(entry)} @ ${url}`;
  if (markers.has('')) return what;
  const condition = [...markers].toSorted(compare);
  return `${what} ; ${condition.length === 1 ? condition[0] : condition.map(each => `(${each})`).join(' or ')}`;
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

function indexOptions(entries: readonly Table[]): readonly string[] {
  const registries = entries.flatMap(entry => textAt(tableAt(entry, 'source'), 'registry') ?? []);
  const others = [...new Set(registries)].filter(
    registry => /^https?:/.test(registry) && !/\/\/pypi\.org\//.test(registry),
  );
  return others.toSorted(compare).map(registry => `--extra-index-url ${registry}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
