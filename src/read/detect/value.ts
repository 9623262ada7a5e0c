import { basename, dirname, normalize } from 'node:path/posix';
import type { PythonNode } from '../../model/repo-files.ts';
import { stringValue } from '../python/literal.ts';
import { callOf, type PythonModule } from '../python/module.ts';
import { children, descendants, dottedName, field } from '../python/node.ts';
import { definingModule } from './callable.ts';
import type { Scope } from './scope.ts';

/** The mark that stands for the app's own folder in a computed path: `os.path.dirname(__file__)` in app.py is "@tree". */
export const tree = '@tree';
/** The mark of a part that can't be told. */
export const unknown = '{}';
/** The mark of Flask's instance folder. */
export const instance = '@instance';

/**
 * The text that an expression makes, as far as it can be told without running it: constants, names, joins of paths,
 * `__file__`, `Path(...) / "x"`, the default of an environment variable. Undefined when it can't.
 */
export function computedText(
  scope: Scope,
  module: PythonModule,
  node: PythonNode | undefined,
  way: Way = { depth: 0, given: new Map() },
): string | undefined {
  if (node === undefined || way.depth > 12) return undefined;
  const inner = (each: PythonNode | undefined) => computedText(scope, module, each, deeper(way));
  const plain = stringValue(node);
  if (plain !== undefined) return plain;

  switch (node.type) {
    case 'identifier':
      return node.text === '__file__' ? `${tree}/${module.path}` : namedText(scope, module, node.text, way);
    case 'attribute':
      return attributeText(scope, module, node, way);
    case 'parenthesized_expression':
      return inner(children(node)[0]);
    case 'string':
      return formatted(node, inner);
    case 'binary_operator':
      return operated(node, inner);
    case 'boolean_operator':
      return inner(field(node, 'left')) || inner(field(node, 'right'));
    case 'conditional_expression':
      return inner(children(node)[0]);
    case 'subscript':
      return settingText(scope, module, stringValue(field(node, 'subscript')), way);
    case 'call':
      return callText(scope, module, node, way);
    default:
      return undefined;
  }
}

/** How one came to an expression: how many steps, and what the arguments of the function around it are. */
interface Way {
  readonly depth: number;
  readonly given: ReadonlyMap<string, string>;
}

function deeper({ depth, given }: Way): Way {
  return { depth: depth + 1, given };
}

function namedText(scope: Scope, module: PythonModule, name: string, { depth, given }: Way): string | undefined {
  const way = { depth, given: new Map<string, string>() };
  if (given.has(name)) return given.get(name);
  const own = module.assignments.findLast(({ target, value }) => target === name && !isInside(value, name));
  if (own !== undefined) return computedText(scope, module, own.value, deeper(way));

  const home = definingModule(scope, module, name);
  const other =
    home === undefined || home.module === module
      ? undefined
      : home.module.assignments.findLast(({ target }) => target === home.name);
  return home === undefined || other === undefined
    ? undefined
    : computedText(scope, home.module, other.value, deeper(way));
}

/** `x = x or "y"` would go round for ever. */
function isInside(value: PythonNode, name: string): boolean {
  return [...descendants(value)].some(each => each.type === 'identifier' && each.text === name);
}

function attributeText(scope: Scope, module: PythonModule, node: PythonNode, way: Way): string | undefined {
  const name = dottedName(node) ?? '';
  const attribute = name.split('.').at(-1);
  if (attribute === 'instance_path') return instance;
  if (attribute === 'root_path') return `${tree}/${dirname(module.path)}`.replace(/\/\.$/, '');
  if (attribute === 'parent') {
    const of = computedText(scope, module, field(node, 'object'), deeper(way));
    return of === undefined ? undefined : dirname(of);
  }

  const own = module.assignments.findLast(({ target }) => target === name);
  if (own !== undefined) return computedText(scope, module, own.value, deeper(way));
  if (name.includes('?') || /^(self|cls)\./.test(name)) return undefined;
  return namedText(scope, module, name, way) ?? memberText(scope, module, name, way);
}

/** `settings.X` and `Config.X`: what a class of the module that defines the object gives to X. */
function memberText(scope: Scope, module: PythonModule, name: string, way: Way): string | undefined {
  const parts = name.split('.');
  const member = parts.pop();
  const home = definingModule(scope, module, parts.join('.'))?.module;
  const found = home?.assignments.find(({ target, className }) => target === member && className !== null);
  return home === undefined || found === undefined ? undefined : computedText(scope, home, found.value, deeper(way));
}

/** `app.config["X"]`: what some file assigns to the setting X. */
function settingText(scope: Scope, module: PythonModule, key: string | undefined, way: Way): string | undefined {
  if (key === undefined) return undefined;
  const found = module.assignments.find(({ target }) => target === key || target.endsWith(`["${key}"]`));
  if (found !== undefined) return computedText(scope, module, found.value, deeper(way));
  const keyword = module.calls.find(
    ({ keywords, name }) => keywords.has(key) && /(from_mapping|update|dict)$/.test(name),
  );
  return computedText(scope, module, keyword?.keywords.get(key), deeper(way));
}

function formatted(node: PythonNode, inner: (node: PythonNode | undefined) => string | undefined): string | undefined {
  const parts = children(node).map(child => {
    if (child.type === 'string_content') return child.text;
    return child.type === 'interpolation' ? (inner(children(child)[0]) ?? unknown) : '';
  });
  return parts.join('');
}

function operated(node: PythonNode, inner: (node: PythonNode | undefined) => string | undefined): string | undefined {
  const left = inner(field(node, 'left'));
  const right = inner(field(node, 'right'));
  const [a, b] = [field(node, 'left')?.text ?? '', field(node, 'right')?.text ?? ''];
  const operator = node.text.slice(a.length, node.text.length - b.length).trim();
  if (operator === '+')
    return left === undefined && right === undefined ? undefined : `${left ?? unknown}${right ?? unknown}`;
  if (left === undefined || right === undefined) return undefined;
  if (operator === '/') return joined([left, right]);
  return operator === '%' ? left.replace('%s', right) : undefined;
}

function callText(scope: Scope, module: PythonModule, node: PythonNode, way: Way): string | undefined {
  const call = callOf(node);
  const inner = (each: PythonNode | undefined) => computedText(scope, module, each, deeper(way));
  const last = call.name.split('.').at(-1) ?? '';
  const object = field(field(node, 'function') ?? node, 'object');

  if (last === 'join' && call.arguments.length > 0) return joined(call.arguments.map(inner));
  if (last === 'joinpath') return joined([object, ...call.arguments].map(inner));
  if (last === 'dirname') return dirnameOf(inner(call.arguments[0]));
  if (last === 'abspath' || last === 'realpath') return joined([tree, inner(call.arguments[0])])?.replace(/\/\.$/, '');
  if (['str', 'Path', 'PurePath', 'normpath', 'expanduser', 'fspath'].includes(last))
    return joined(call.arguments.map(inner));
  if (['resolve', 'absolute', 'as_posix', '__str__', 'strip'].includes(last)) return inner(object);
  if (last === 'getcwd' || last === 'cwd') return tree;
  if (last === 'replace' && call.arguments.length === 2) return inner(object);
  if (last === 'format') return inner(object)?.replace(/\{[^{}]*\}/, inner(call.arguments[0]) ?? unknown);
  if (/^(get|getenv|config|env|str|url)$/.test(last)) return inner(call.keywords.get('default') ?? call.arguments[1]);
  return returnedText(scope, module, call, way);
}

/** What a function of the project answers: `def sqlite_uri(name): return "sqlite:///" + name`. */
function returnedText(scope: Scope, module: PythonModule, call: Calling, way: Way): string | undefined {
  const home = call.name.includes('?') ? undefined : definingModule(scope, module, call.name);
  const made = home?.module.functions.findLast(each => each.name === home.name && each.className === null);
  if (home === undefined || made === undefined) return undefined;

  const texts = call.arguments.map(each => computedText(scope, module, each, deeper(way)) ?? unknown);
  const given = new Map(texts.map((text, at) => [made.required[at] ?? '', text]));
  return computedText(scope, home.module, made.returns.at(-1), { depth: way.depth + 1, given });
}

type Calling = ReturnType<typeof callOf>;

function dirnameOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : path === tree ? tree : dirname(path);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some(part => part === undefined)) return undefined;
  const texts = parts.map(part => part ?? '');
  const start = texts.findLastIndex(text => text.startsWith('/') || text.startsWith('@'));
  return texts.slice(Math.max(start, 0)).join('/');
}

/** A computed path relative to the scope's root; undefined when it lies outside. A bare relative path is relative to `base`. */
export function insideTree(path: string, base: string, instanceFolder: string): string | undefined {
  const anchored = path.startsWith(tree)
    ? `.${path.slice(tree.length)}`
    : path.startsWith(instance)
      ? `${instanceFolder}${path.slice(instance.length)}`
      : path.startsWith('/') || path.startsWith('~') || path.startsWith('@')
        ? undefined
        : `${base}/${path}`;
  const inside =
    anchored === undefined || anchored.includes(unknown) ? undefined : normalize(anchored).replace(/\/$/, '');
  return inside === undefined || inside === '.' || inside.startsWith('..') || basename(inside) === ''
    ? undefined
    : inside;
}
