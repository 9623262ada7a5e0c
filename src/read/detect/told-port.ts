import { isVariableName } from '../../base/names.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { constantText, stringValue } from '../python/literal.ts';
import { type Call, callOf, type PythonFunction, type PythonModule } from '../python/module.ts';
import { children, descendants, dottedName, field } from '../python/node.ts';
import { definingModule } from './callable.ts';
import type { Scope } from './scope.ts';
import { variablesIn } from './variables-in.ts';

/** Where a port comes from: a variable, a word of the command line (`$PORT` stands for it), or the code itself. */
export type PortSource = { readonly variable: string } | { readonly word: string } | { readonly port: number };

/** An expression, and the function around it. */
interface Spot {
  readonly scope: Scope;
  readonly module: PythonModule;
  readonly within: PythonFunction | null;
  readonly depth: number;
}

/** What a program takes as its port, as far as it can be told without running it. */
export function portSource(scope: Scope, module: PythonModule, call: Call, node: PythonNode): PortSource | undefined {
  return sourceOf({ scope, module, within: call.within, depth: 0 }, node);
}

function sourceOf(spot: Spot, node: PythonNode | undefined): PortSource | undefined {
  if (node === undefined || spot.depth > 8) return undefined;
  const [variable] = variablesIn(spot.module, node)
    .filter(isVariableName)
    .toSorted((a, b) => rank(a) - rank(b));
  if (variable !== undefined) return { variable };

  const number = Number(constantText(node));
  if (constantText(node) !== undefined) return number > 0 && number < 65_536 ? { port: number } : undefined;
  if ([...descendants(node)].some(isFirstArgument)) return { word: '$PORT' };

  const inner = (each: PythonNode | undefined) => sourceOf({ ...spot, depth: spot.depth + 1 }, each);
  if (node.type === 'parenthesized_expression') return inner(children(node)[0]);
  if (node.type === 'tuple') return inner(children(node)[1]);
  if (node.type === 'boolean_operator') return inner(field(node, 'left')) ?? inner(field(node, 'right'));
  if (node.type === 'call') {
    const { name, arguments: given } = callOf(node);
    return name === 'int' || name === 'str' ? inner(given[0]) : undefined;
  }
  const name = dottedName(node);
  return name === undefined || name.includes('?') ? undefined : named(spot, name);
}

/** "PORT" before "SHOP_PORT" before "DEBUG". */
function rank(variable: string): number {
  return variable === 'PORT' ? 0 : variable.includes('PORT') ? 1 : 2;
}

/** `sys.argv[1]` */
function isFirstArgument(node: PythonNode): boolean {
  return (
    node.type === 'subscript' &&
    /(^|\.)argv$/.test(dottedName(field(node, 'value')) ?? '') &&
    field(node, 'subscript')?.text === '1'
  );
}

function named(spot: Spot, name: string): PortSource | undefined {
  const { scope, module, within } = spot;
  const option = optionOf(module, name);
  if (option !== undefined) return { word: `--${option}=$PORT` };

  const deeper = { ...spot, depth: spot.depth + 1 };
  const assigned = module.assignments.filter(({ target }) => target === name);
  const own = assigned.findLast(each => each.within === within) ?? assigned.at(-1);
  if (own !== undefined) return sourceOf({ ...deeper, within: own.within }, own.value);
  if (within !== null && !name.includes('.')) {
    const given = parameter(spot, within, name);
    if (given !== undefined) return given;
  }

  const home = definingModule(scope, module, name);
  const other =
    home === undefined || home.module === module
      ? undefined
      : home.module.assignments.findLast(({ target }) => target === home.name);
  return home === undefined || other === undefined
    ? undefined
    : sourceOf({ ...deeper, module: home.module, within: null }, other.value);
}

/** What the callers of a function give, else the parameter's default. */
function parameter(spot: Spot, within: PythonFunction, name: string): PortSource | undefined {
  const parameters = children(field(within.node, 'parameters') ?? within.node);
  const at = parameters.findIndex(each => (field(each, 'name') ?? each).text === name);
  if (at < 0) return undefined;

  const calls = spot.module.calls.filter(call => call.name === within.name);
  const given = calls.map(call => call.keywords.get(name) ?? call.arguments[at]).find(each => each !== undefined);
  const caller = calls.find(call => call.within !== within)?.within ?? null;
  const value = given ?? field(parameters[at] ?? within.node, 'value');
  return sourceOf({ ...spot, within: given === undefined ? within : caller, depth: spot.depth + 1 }, value);
}

/** The option that fills `args.port` or `options.port`; of click, the parameter `port`. */
function optionOf(module: PythonModule, name: string): string | undefined {
  const member = name.split('.').at(-1) ?? '';
  const declared = module.calls.flatMap(call => {
    const isDeclaration = name.includes('.')
      ? /(^|\.)(add_argument|define)$/.test(call.name)
      : /(^|\.)option$/.test(call.name);
    return isDeclaration ? call.arguments.map(stringValue).filter(text => text !== undefined) : [];
  });
  const options = declared.map(text => text.replace(/^--/, ''));
  const isRead = !module.calls.some(({ name: each }) => /(^|\.)define$/.test(each)) || isParsed(module);
  return isRead ? options.find(option => option.replaceAll('-', '_') === member) : undefined;
}

/** Tornado's options are filled only by a call. */
function isParsed(module: PythonModule): boolean {
  return module.calls.some(({ name }) => /parse_command_line$/.test(name));
}
