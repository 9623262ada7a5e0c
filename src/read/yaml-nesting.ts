import { CST, Parser } from 'yaml';

/** Nobody writes more; the parser of values goes as deep as the text, and takes the whole process with it. */
export const deepest = 100;

/** Where a YAML text nests deeper than its reader may go, in characters from its start; undefined where it never does. */
export function tooDeepAt(text: string): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth: 0 });
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { token: inner, depth } = next;
      if (!CST.isCollection(inner)) continue;
      if (depth >= deepest) return inner.offset;
      for (const { key, value } of inner.items)
        for (const child of [key, value]) if (child) open.push({ token: child, depth: depth + 1 });
    }
  }
  return undefined;
}
