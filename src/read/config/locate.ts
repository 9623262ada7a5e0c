import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  visit,
} from 'yaml';

/** A part of the file, in characters from its start. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a path stands: its key where it has one, and its value. */
export interface Located {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** What is at a path; nothing where the file has no such place (a merged key, a missing one). */
export function located(document: Document, path: readonly PropertyKey[]): Located {
  return path.reduce<Located>(
    ({ value }, step) => {
      const node = isAlias(value) ? value.resolve(document) : value;
      if (isMap(node))
        return pairOf(node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(step)));
      const item = isSeq(node) ? node.items[Number(step)] : undefined;
      return { key: undefined, value: isNode(item) ? item : undefined };
    },
    { key: undefined, value: document.contents ?? undefined },
  );
}

function pairOf(pair: { readonly key: unknown; readonly value: unknown } | undefined): Located {
  return { key: isNode(pair?.key) ? pair.key : undefined, value: isNode(pair?.value) ? pair.value : undefined };
}

/** The part to point at: a one-line value, else its key, else the nearest thing above. */
export function rangeAt(document: Document, path: readonly PropertyKey[]): Range {
  const { key, value } = located(document, path);
  const pointed = (value !== undefined && !isCollection(value) && !isEmpty(value) ? value : undefined) ?? key ?? value;
  if (pointed !== undefined) return rangeOf(pointed);
  return path.length === 0 ? { start: 0, end: 1 } : rangeAt(document, path.slice(0, -1));
}

export function rangeOf(node: Node): Range {
  const [start, end] = node.range ?? [0, 1];
  return { start, end };
}

/** Aliases whose anchor does not stand before them. */
export function brokenAliases(document: Document): Alias[] {
  const broken: Alias[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) broken.push(alias);
    },
  });
  return broken;
}

/** Nothing is written there: "health:" at the end of its line. */
export function isEmpty(value: unknown): boolean {
  return isScalar(value) && value.value === null && rangeOf(value).start === rangeOf(value).end;
}

/** Every path of the file with its place. Keys of merged and repeated parts stand where they were written first. */
export function paths(
  document: Document,
): { readonly path: readonly PropertyKey[]; readonly start: number; readonly empty: boolean }[] {
  const found: { path: readonly PropertyKey[]; start: number; empty: boolean }[] = [];
  const walk = (node: unknown, path: readonly PropertyKey[]): void => {
    if (isMap(node))
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const below = [...path, String(key.value)];
        found.push({ path: below, start: rangeOf(key).start, empty: isEmpty(value) });
        walk(value, below);
      }
    if (isSeq(node))
      for (const [at, item] of node.items.entries()) {
        if (!isNode(item)) continue;
        found.push({ path: [...path, at], start: rangeOf(item).start, empty: isEmpty(item) });
        walk(item, [...path, at]);
      }
  };
  walk(document.contents, []);
  return found;
}
