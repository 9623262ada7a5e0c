import type { ParsePython, PythonNode } from '../../model/repo-files.ts';
import { stringValue } from './literal.ts';
import { children, dottedName, field, line } from './node.ts';

/** Where in a file something stands. */
export interface Position {
  readonly line: number;
  /** The innermost function around it, or null at the level of the module. */
  readonly within: PythonFunction | null;
  readonly className: string | null;
  /** Whether it is below `if __name__ == '__main__'`, which no server runs. */
  readonly main: boolean;
}

export interface Call extends Position {
  /** "os.environ.get"; "?.get" where the object is not a name. */
  readonly name: string;
  readonly node: PythonNode;
  readonly arguments: readonly PythonNode[];
  readonly keywords: ReadonlyMap<string, PythonNode>;
}

export interface Assignment extends Position {
  /** "app", "app.secret_key", or `app.config["X"]` as written with double quotes. */
  readonly target: string;
  readonly value: PythonNode;
  readonly node: PythonNode;
}

export interface Lookup extends Position {
  /** `os.environ["X"]`: object "os.environ", key "X". */
  readonly object: string;
  readonly key: string;
  readonly node: PythonNode;
}

export interface PythonFunction {
  readonly name: string;
  readonly line: number;
  /** Parameters without a default, `*args` and `**kwargs` left out. */
  readonly required: readonly string[];
  readonly decorators: readonly PythonNode[];
  readonly returns: readonly PythonNode[];
  readonly node: PythonNode;
  readonly within: PythonFunction | null;
  readonly className: string | null;
}

export interface PythonClass {
  readonly name: string;
  readonly line: number;
  readonly bases: readonly string[];
  readonly node: PythonNode;
}

export interface Import {
  /** The name it has in this file; "*" for all. */
  readonly alias: string;
  /** As written, dots in front included. */
  readonly module: string;
  /** The name taken out of the module; null for `import module`. */
  readonly name: string | null;
  readonly line: number;
}

/** What one Python file says, in lists: all that detectors ask. */
export interface PythonModule {
  /** Relative to the scope's root. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly calls: readonly Call[];
  readonly assignments: readonly Assignment[];
  readonly lookups: readonly Lookup[];
  readonly functions: readonly PythonFunction[];
  readonly classes: readonly PythonClass[];
  /** The position of any node of the file. */
  readonly root: PythonNode;
}

/** Reads a file once, from top to bottom; undefined where the parser gives nothing. */
export function pythonModule(path: string, source: string, parse: ParsePython): PythonModule | undefined {
  const found = { imports: [], calls: [], assignments: [], lookups: [], functions: [], classes: [] };
  const root = parse(source);
  if (root === undefined) return undefined;
  visit(root, { within: null, className: null, main: false }, found);
  return { path, root, ...found };
}

interface Found {
  readonly imports: Import[];
  readonly calls: Call[];
  readonly assignments: Assignment[];
  readonly lookups: Lookup[];
  readonly functions: PythonFunction[];
  readonly classes: PythonClass[];
}

type Around = Omit<Position, 'line'>;

function visit(node: PythonNode, around: Around, found: Found): void {
  const inner = readers[node.type]?.(node, around, found) ?? around;
  for (const child of children(node)) visit(child, inner, found);
}

/** By the type of node: notes what it says, and answers what its children have around them, where that changes. */
const readers: Readonly<Record<string, (node: PythonNode, around: Around, found: Found) => Around | undefined>> = {
  call(node, around, found) {
    found.calls.push({ ...around, ...callOf(node) });
    return undefined;
  },
  assignment(node, around, found) {
    const value = field(node, 'right');
    const target = targetText(field(node, 'left'));
    if (value !== undefined && target !== undefined)
      found.assignments.push({ ...around, target, value, node, line: line(node) });
    return undefined;
  },
  subscript(node, around, found) {
    const object = dottedName(field(node, 'value'));
    const key = stringValue(field(node, 'subscript'));
    if (object !== undefined && key !== undefined)
      found.lookups.push({ ...around, object, key, node, line: line(node) });
    return undefined;
  },
  function_definition(node, around, found) {
    const definition = functionOf(node, around);
    found.functions.push(definition);
    return { ...around, within: definition };
  },
  class_definition(node, around, found) {
    const name = field(node, 'name')?.text ?? '';
    const supers = field(node, 'superclasses');
    const bases = (supers === undefined ? [] : children(supers)).map(dottedName).filter(base => base !== undefined);
    found.classes.push({ name, bases, node, line: line(node) });
    return { ...around, className: name };
  },
  return_statement(node, around) {
    const value = children(node)[0];
    if (value !== undefined && around.within !== null) (around.within.returns as PythonNode[]).push(value);
    return undefined;
  },
  if_statement(node, around) {
    const condition = field(node, 'condition')?.text ?? '';
    return /__name__\s*==|==\s*__name__/.test(condition) ? { ...around, main: true } : undefined;
  },
  import_statement(node, _, found) {
    for (const child of children(node)) found.imports.push(importOf(child, line(node)));
    return undefined;
  },
  import_from_statement(node, _, found) {
    found.imports.push(...importsFrom(node));
    return undefined;
  },
};

/** A call's name and arguments. */
export function callOf(node: PythonNode): Pick<Call, 'name' | 'node' | 'arguments' | 'keywords' | 'line'> {
  const list = field(node, 'arguments');
  const all = list === undefined || list.type !== 'argument_list' ? [] : children(list);
  const keywords = new Map<string, PythonNode>();
  for (const argument of all) {
    const value = argument.type === 'keyword_argument' ? field(argument, 'value') : undefined;
    if (value !== undefined) keywords.set(field(argument, 'name')?.text ?? '', value);
  }

  const positional = all.filter(argument => argument.type !== 'keyword_argument');
  return { name: dottedName(field(node, 'function')) ?? '?', node, arguments: positional, keywords, line: line(node) };
}

function targetText(target: PythonNode | undefined): string | undefined {
  if (target?.type !== 'subscript') return dottedName(target);

  const object = dottedName(field(target, 'value'));
  const key = stringValue(field(target, 'subscript'));
  return object === undefined || key === undefined ? undefined : `${object}["${key}"]`;
}

function functionOf(node: PythonNode, around: Around): PythonFunction {
  const parameters = field(node, 'parameters');
  const plain = ['identifier', 'typed_parameter'];
  const required = (parameters === undefined ? [] : children(parameters))
    .filter(parameter => plain.includes(parameter.type) && !parameter.text.startsWith('*'))
    .map(parameter => parameter.text.replace(/[:\s][\s\S]*$/, ''));
  const above = node.parent?.type === 'decorated_definition' ? children(node.parent) : [];
  const decorators = above.filter(child => child.type === 'decorator').flatMap(child => children(child).slice(0, 1));

  const name = field(node, 'name')?.text ?? '';
  return {
    name,
    line: line(node),
    required,
    decorators,
    returns: [],
    node,
    within: around.within,
    className: around.className,
  };
}

function importOf(node: PythonNode, at: number): Import {
  if (node.type !== 'aliased_import') return { alias: node.text, module: node.text, name: null, line: at };
  return { alias: field(node, 'alias')?.text ?? '', module: field(node, 'name')?.text ?? '', name: null, line: at };
}

function importsFrom(node: PythonNode): Import[] {
  const source = field(node, 'module_name');
  const module = source?.text ?? '';

  return children(node)
    .filter(child => child !== source)
    .map(child => {
      if (child.type === 'wildcard_import') return { alias: '*', module, name: '*', line: line(node) };
      const name = child.type === 'aliased_import' ? (field(child, 'name')?.text ?? '') : child.text;
      const alias = child.type === 'aliased_import' ? (field(child, 'alias')?.text ?? '') : child.text;
      return { alias, module, name, line: line(node) };
    });
}
