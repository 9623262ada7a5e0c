import type { PythonNode } from '../../model/repo-files.ts';
import { stringValue } from './literal.ts';
import { children, descendants, field } from './node.ts';

/** The values that a key has in the dictionaries (`{"key": value}`) below a node, nested ones included. */
export function dictionaryValues(node: PythonNode, key: string): readonly PythonNode[] {
  return [...descendants(node)]
    .filter(each => each.type === 'pair' && stringValue(field(each, 'key') ?? children(each)[0]) === key)
    .flatMap(each => field(each, 'value') ?? []);
}

/** The pairs of one dictionary whose keys are constants. */
export function dictionaryKeys(node: PythonNode | undefined): readonly (readonly [string, PythonNode])[] {
  if (node?.type !== 'dictionary') return [];
  return children(node).flatMap(each => {
    const key = stringValue(field(each, 'key'));
    const value = field(each, 'value');
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
}
