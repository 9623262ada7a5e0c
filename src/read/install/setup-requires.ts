import type { PythonNode } from '../../model/repo-files.ts';
import { stringValue } from '../python/literal.ts';
import type { Assignment, PythonModule } from '../python/module.ts';
import { children, descendants, field } from '../python/node.ts';

/** What an expression of setup.py lists: requirements written there, and files that are read for them. */
export interface Listed {
  readonly requirements: readonly string[];
  readonly files: readonly string[];
}

/** Follows names, sums, reads of text files and calls of the file's own functions; undefined where that does not tell. */
export function listed(
  module: PythonModule,
  node: PythonNode,
  isFile: (path: string) => boolean,
  depth = 0,
): Listed | undefined {
  const inner = (child: PythonNode | undefined) =>
    child === undefined || depth > 8 ? undefined : listed(module, child, isFile, depth + 1);
  const text = stringValue(node);
  if (text !== undefined) return { requirements: text.split('\n').map(each => each.trim()), files: [] };

  if (['list', 'tuple', 'set', 'expression_list'].includes(node.type)) {
    return joined(
      children(node)
        .filter(({ type }) => type !== 'comment')
        .map(inner),
    );
  }
  if (['parenthesized_expression', 'list_splat'].includes(node.type)) return inner(children(node)[0]);
  if (node.type === 'binary_operator') return joined([inner(field(node, 'left')), inner(field(node, 'right'))]);
  if (node.type === 'identifier') return ofName(module, node.text, inner, isFile);
  return fromFiles(module, node, isFile);
}

/** The last value that a name gets; one that is filled in a loop over a file means that file. */
function ofName(
  module: PythonModule,
  name: string,
  inner: (node: PythonNode) => Listed | undefined,
  isFile: (path: string) => boolean,
): Listed | undefined {
  const values = module.assignments.filter(({ target }) => target === name);
  const augmented = module.calls.filter(call => [`${name}.append`, `${name}.extend`].includes(call.name));
  if (values.length === 0) return undefined;

  const around = augmented.flatMap(({ node }) => enclosing(node));
  const filled = fromAround(around, isFile);
  if (augmented.length > 0) return filled;
  const last: Assignment | undefined = values.at(-1);
  return last === undefined ? undefined : (inner(last.value) ?? fromAround(enclosing(last.node), isFile));
}

/** `open('requirements.txt').read().splitlines()`, a comprehension over it, or a function of this file that reads it. */
function fromFiles(module: PythonModule, node: PythonNode, isFile: (path: string) => boolean): Listed | undefined {
  const named = textFiles(node, isFile);
  if (named.length > 0) return { requirements: [], files: named };

  const called = field(node, 'function')?.text;
  const own = module.functions.find(each => each.name === called);
  const read = own === undefined ? [] : textFiles(own.node, isFile);
  if (read.length > 0) return { requirements: [], files: read };

  // `f.read().splitlines()` in `with open('requirements.txt') as f`
  return fromAround(enclosing(node), isFile);
}

function fromAround(nodes: readonly PythonNode[], isFile: (path: string) => boolean): Listed | undefined {
  for (const node of nodes) {
    const opened =
      node.type === 'with_statement' ? children(node).filter(({ type }) => type === 'with_clause') : [node];
    const files = opened.flatMap(each => textFiles(each, isFile));
    if (files.length > 0) return { requirements: [], files: [...new Set(files)] };
  }
  return undefined;
}

function enclosing(node: PythonNode): readonly PythonNode[] {
  const found: PythonNode[] = [];
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.type === 'with_statement' || above.type === 'for_statement') found.push(above);
  }
  return found;
}

function textFiles(node: PythonNode, isFile: (path: string) => boolean): readonly string[] {
  const texts = [...descendants(node)].flatMap(each => (each.type === 'string' ? (stringValue(each) ?? []) : []));
  const paths = texts.filter(text => /\.(txt|in)$/.test(text)).map(text => text.replace(/^\.?\//, ''));
  const joinedPath = texts.filter(text => /^[\w./-]+$/.test(text)).join('/');
  return [...new Set([...paths, joinedPath].filter(path => /\.(txt|in)$/.test(path) && isFile(path)))];
}

function joined(parts: readonly (Listed | undefined)[]): Listed | undefined {
  const known = parts.filter(part => part !== undefined);
  if (known.length < parts.length) return undefined;
  return {
    requirements: known.flatMap(({ requirements }) => requirements),
    files: known.flatMap(({ files }) => files),
  };
}
