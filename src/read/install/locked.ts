/** What a lock says for production: no development groups, no extras of the root. */
export interface Locked {
  /** "name==1.2 ; marker", sorted; a git or URL source in PEP 508 form. */
  readonly requirements: readonly string[];
  /** Packages that are folders (or archives) of the repository, relative to the lock. */
  readonly folders: readonly { readonly path: string; readonly editable: boolean }[];
  readonly declared: Readonly<Record<string, string>>;
  /** Index options for registries that are not the default one. */
  readonly options: readonly string[];
}

/** One dependency: the entry it leads to, the condition on it, and the extras it asks for. */
export interface Edge<Entry> {
  readonly entry: Entry;
  readonly marker: string;
  readonly extras: readonly string[];
}

type Condition = readonly string[];

/** Per entry that the edges lead to, the marker under which it is wanted; an empty one is "always". */
export function reachedFrom<Entry>(
  starts: readonly Edge<Entry>[],
  edges: (entry: Entry, extras: readonly string[]) => readonly Edge<Entry>[],
): ReadonlyMap<Entry, string> {
  const reached = new Map<Entry, Condition[]>();
  const walked = new Map<Entry, Map<string, Condition[]>>();
  const queue = starts.map(edge => ({ edge, condition: conditionOf([], edge.marker) }));

  for (let steps = 0; steps < queue.length && steps < 20_000; steps += 1) {
    const next = queue[steps];
    if (next === undefined) break;
    const { entry, extras } = next.edge;
    const before = walked.get(entry) ?? new Map<string, Condition[]>();
    walked.set(entry, before);
    const key = [...extras].toSorted().join();
    if (!admitted(before, key, next.condition)) continue;
    const known = reached.get(entry) ?? [];
    reached.set(entry, [...known.filter(each => !covers(next.condition, each)), next.condition]);
    for (const edge of edges(entry, extras)) queue.push({ edge, condition: conditionOf(next.condition, edge.marker) });
  }
  return new Map([...reached].map(([entry, conditions]) => [entry, markerOf(conditions)]));
}

/** A requirement and the marker under which it is wanted. */
export function conditioned(what: string, marker: string): string {
  return marker === '' ? what : `${what} ; ${marker}`;
}

/** Both conditions at once. */
export function both(a: string, b: string): string {
  return a === '' || a === b ? b : b === '' ? a : `(${a}) and (${b})`;
}

/** Options for the indexes that are not the default one. */
export function otherIndexes(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)]
    .filter(address => /^https?:/.test(address) && !/\/\/pypi(\.python)?\.org\//.test(address))
    .toSorted(compare)
    .map(address => `--extra-index-url ${address}`);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a condition says something new: one that a weaker one covers was walked already. */
function admitted(walked: Map<string, Condition[]>, key: string, condition: Condition): boolean {
  const before = walked.get(key) ?? [];
  if (before.some(each => covers(each, condition))) return false;
  walked.set(key, [...before, condition]);
  return true;
}

function covers(weaker: Condition, stronger: Condition): boolean {
  return weaker.every(part => stronger.includes(part));
}

function conditionOf(condition: Condition, marker: string): Condition {
  return marker === '' || condition.includes(marker) ? condition : [...condition, marker];
}

function markerOf(conditions: readonly Condition[]): string {
  const weakest = conditions.filter(
    (each, at) =>
      !conditions.some((other, place) => place !== at && covers(other, each) && !(covers(each, other) && place > at)),
  );
  const texts = weakest.map(joined).toSorted(compare);
  if (texts.includes('')) return '';
  return texts.length === 1 ? (texts[0] ?? '') : texts.map(each => `(${each})`).join(' or ');
}

function joined(condition: Condition): string {
  return condition.length === 1 ? (condition[0] ?? '') : condition.map(each => `(${each})`).join(' and ');
}
