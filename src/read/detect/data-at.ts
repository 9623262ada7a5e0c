/** What stands at a path of keys in data that somebody else wrote. */
export function dataAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

export function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const found = dataAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function entriesIn(value: unknown, ...path: readonly string[]): readonly (readonly [string, unknown])[] {
  const found = dataAt(value, ...path);
  return found !== null && typeof found === 'object' && !Array.isArray(found) ? Object.entries(found) : [];
}

export function listIn(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = dataAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The data of a JSON file; undefined when it can't be read. */
export function jsonData(source: string | undefined): unknown {
  if (source === undefined) return undefined;
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
