import type { PythonNode } from '../../model/repo-files.ts';

/** A node's named children. */
export function children(node: PythonNode): readonly PythonNode[] {
  return node.namedChildren;
}

/** The child in a field of the grammar ("function", "arguments", "left"…). */
export function field(node: PythonNode, name: string): PythonNode | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** The line, counted from 1. */
export function line(node: PythonNode): number {
  return node.startPosition.row + 1;
}

/** Every node below one (itself first), in the order of the source. */
export function* descendants(node: PythonNode): Generator<PythonNode> {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    open.push(...children(next).toReversed());
  }
}

/** "os.environ" for a chain of names; a part that is not a name is written "?": `Path(x).open` is "?.open". */
export function dottedName(node: PythonNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'identifier') return node.text;
  if (node.type !== 'attribute') return undefined;

  const object = field(node, 'object');
  return `${dottedName(object) ?? '?'}.${field(node, 'attribute')?.text ?? '?'}`;
}

/** Whether `x["y"]` or `x.y` is what an assignment sets, or `del` removes. */
export function isTarget(node: PythonNode): boolean {
  const parent = node.parent;
  return (parent?.type === 'assignment' && field(parent, 'left') === node) || parent?.type === 'delete_statement';
}
