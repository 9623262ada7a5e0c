import type { PythonNode } from '../../model/repo-files.ts';
import { children } from './node.ts';

/** The text of a string constant; undefined for anything else, f-strings with values included. */
export function stringValue(node: PythonNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'parenthesized_expression') return stringValue(children(node)[0]);
  if (node.type === 'concatenated_string') return joined(children(node).map(stringValue));
  if (node.type !== 'string') return undefined;
  if (children(node).some(child => child.type === 'interpolation')) return undefined;

  const match = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)\2$/.exec(node.text);
  if (match === null) return undefined;
  const [, prefix = '', , body = ''] = match;
  return /r/i.test(prefix) ? body : unescaped(body);
}

/** The strings of a list, tuple or set of string constants; other elements are left out. */
export function stringList(node: PythonNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const single = stringValue(node);
  if (single !== undefined) return [single];
  return children(node)
    .map(stringValue)
    .filter(value => value !== undefined);
}

/** What a person would call the constant: a string's text, a number, True, False; undefined for None and for expressions. */
export function constantText(node: PythonNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (['integer', 'float', 'true', 'false'].includes(node.type)) return node.text;
  return stringValue(node);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every(part => part !== undefined) ? parts.join('') : undefined;
}

function unescaped(body: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };
  return body.replace(/\\([\s\S])/g, (whole, character: string) =>
    character in named ? (named[character] ?? '') : /['"\\]/.test(character) ? character : whole,
  );
}
