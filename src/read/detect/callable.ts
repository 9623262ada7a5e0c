import type { PythonNode } from '../../model/repo-files.ts';
import { type Assignment, callOf, type PythonFunction, type PythonModule } from '../python/module.ts';
import { dottedName, field } from '../python/node.ts';
import { importedModule, modulePath, qualifiedName } from '../python/project.ts';
import { type AppKind, appKind, isWrapper } from './app-kinds.ts';
import type { Scope } from './scope.ts';

/** A WSGI or ASGI callable that is really defined, or the function that makes it. */
export interface AppCallable extends AppKind {
  /** A function that answers the app: an entry calls it. */
  readonly factory: boolean;
  /** The factory's parameters without default; an entry can call it only without any. */
  readonly required: readonly string[];
  /** Where the app object is made, relative to the scope's root. */
  readonly path: string;
  readonly line: number;
}

/** Where a name is looked up: in a function of a module, or at the level of the module. */
interface Spot {
  readonly scope: Scope;
  readonly module: PythonModule;
  readonly within: PythonFunction | null;
  /** What was followed to get here, so that circles end. */
  readonly seen: ReadonlySet<string>;
}

/** What `attribute` of a module is, followed through assignments, calls and imports; undefined when it is no app. */
export function callableAt(scope: Scope, path: string, attribute: string): AppCallable | undefined {
  return topLevel(scope, path, attribute, new Set());
}

function topLevel(scope: Scope, path: string, name: string, seen: ReadonlySet<string>): AppCallable | undefined {
  const module = scope.module(path);
  const trail = followed(seen, `${path}:${name}`);
  if (module === undefined || trail === undefined) return undefined;

  const spot = { scope, module, within: null, seen: trail };
  return assigned(spot, name) ?? fromFunction(spot, name) ?? imported(spot, name);
}

/** The trail with one more step; undefined when it goes in a circle, or too far to be true. */
function followed(seen: ReadonlySet<string>, step: string): ReadonlySet<string> | undefined {
  return seen.has(step) || seen.size > 24 ? undefined : new Set([...seen, step]);
}

/** The value of the last assignment to a name that makes an app. */
function assigned(spot: Spot, name: string): AppCallable | undefined {
  const values = spot.module.assignments.filter(
    each => each.target === name && !each.main && each.within === spot.within && isPlain(each),
  );

  for (const { value } of values.toReversed()) {
    const found = appIn(spot, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPlain({ within, className }: Assignment): boolean {
  return within !== null || className === null;
}

function appIn(spot: Spot, value: PythonNode): AppCallable | undefined {
  if (value.type === 'assignment') return appIn(spot, field(value, 'right') ?? value);
  if (value.type === 'call') return fromCall(spot, value);
  if (value.type === 'attribute') return fromAttribute(spot, value);
  return value.type === 'identifier' ? named(spot, value.text) : undefined;
}

function named(spot: Spot, name: string): AppCallable | undefined {
  const { scope, module, within } = spot;
  const seen = followed(spot.seen, `${module.path}:${name}:${within?.line ?? 0}`);
  if (seen === undefined) return undefined;
  const local = within === null ? undefined : assigned({ ...spot, seen }, name);
  return local ?? topLevel(scope, module.path, name, seen);
}

/** What web.py's `wsgifunc()` answers. */
const wsgi: AppKind = { framework: 'other', interface: 'wsgi' };

/** `Flask(__name__)`, `create_app()`, `ProxyFix(app)`, `get_wsgi_application()`. */
function fromCall(spot: Spot, node: PythonNode): AppCallable | undefined {
  const call = callOf(node);
  const kind = constructedKind(spot, call.name);
  if (kind !== undefined) return { ...kind, factory: false, required: [], path: spot.module.path, line: call.line };

  if (/\.wsgifunc$/.test(call.name))
    return { ...wsgi, factory: false, required: [], path: spot.module.path, line: call.line };

  const made = call.name.includes('?') ? undefined : definedElsewhere(spot, call.name);
  if (made?.factory === true) return { ...made, factory: false };
  if (!isWrapper(qualifiedName(spot.scope, spot.module, call.name))) return undefined;

  for (const argument of [...call.arguments, ...call.keywords.values()]) {
    const inner = appIn(spot, argument);
    if (inner !== undefined) return /asgi/i.test(call.name) ? { ...inner, interface: 'asgi' } : inner;
  }
  return undefined;
}

/** The kind of app that a class makes; a class of the project counts as its base. */
function constructedKind(spot: Spot, name: string): AppKind | undefined {
  const stars = spot.module.imports.filter(each => each.alias === '*').map(each => `${each.module}.${name}`);
  const known = [qualifiedName(spot.scope, spot.module, name), ...stars].map(appKind).find(kind => kind !== undefined);
  if (known !== undefined) return known;

  const home = definingModule(spot.scope, spot.module, name);
  const definition = home?.module.classes.find(each => each.name === home.name);
  const seen = followed(spot.seen, `class ${home?.module.path}:${home?.name}`);
  if (home === undefined || definition === undefined || seen === undefined) return undefined;

  for (const base of definition.bases) {
    const kind = constructedKind({ ...spot, module: home.module, seen }, base);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function definedElsewhere({ scope, module, seen }: Spot, name: string): AppCallable | undefined {
  const home = definingModule(scope, module, name);
  return home === undefined ? undefined : topLevel(scope, home.module.path, home.name, seen);
}

/** `server = app.server` (Dash), `app = connexion_app.app`, `application = package.app`. */
function fromAttribute(spot: Spot, node: PythonNode): AppCallable | undefined {
  const name = dottedName(node) ?? '?';
  const object = field(node, 'object');
  const owner = object === undefined ? undefined : appIn(spot, object);
  if (owner !== undefined && /\.(server|app)$/.test(name)) {
    const { inside: _, ...inner } = owner;
    return { ...inner, framework: 'flask', interface: 'wsgi' };
  }
  return name.includes('?') ? undefined : definedElsewhere(spot, name);
}

/** The module of the project where a dotted name is defined, and the last part of the name. */
export function definingModule(
  scope: Scope,
  module: PythonModule,
  name: string,
): { readonly module: PythonModule; readonly name: string } | undefined {
  if (!name.includes('.') && !module.imports.some(({ alias }) => alias === name)) return { module, name };

  const parts = qualifiedName(scope, module, name).split('.');
  const last = parts.pop() ?? '';
  const path = parts.length === 0 ? undefined : modulePath(scope, parts.join('.'));
  const home = path === undefined ? undefined : scope.module(path);
  return home === undefined ? undefined : { module: home, name: last };
}

/** A function that returns an app, or is one: `def application(environ, start_response)`. */
function fromFunction(spot: Spot, name: string): AppCallable | undefined {
  const definition = spot.module.functions.findLast(
    each => each.name === name && each.within === null && each.className === null,
  );
  if (definition === undefined) return undefined;

  const raw = rawInterface(definition);
  if (raw !== undefined)
    return {
      framework: 'other',
      interface: raw,
      factory: false,
      required: [],
      path: spot.module.path,
      line: definition.line,
    };

  for (const value of definition.returns) {
    const made = appIn({ ...spot, within: definition }, value);
    if (made !== undefined && !made.factory) return { ...made, factory: true, required: definition.required };
  }
  return undefined;
}

function rawInterface({ required }: PythonFunction): 'wsgi' | 'asgi' | undefined {
  const [first = '', second = '', third = ''] = required;
  if (required.length === 2 && /environ|^env$/.test(first) && /start/.test(second)) return 'wsgi';
  return required.length === 3 && first === 'scope' && second === 'receive' && third === 'send' ? 'asgi' : undefined;
}

function imported({ scope, module, seen }: Spot, name: string): AppCallable | undefined {
  for (const each of module.imports.filter(({ alias }) => alias === name || alias === '*')) {
    const path = each.name === null ? undefined : modulePath(scope, importedModule(scope, module, each.module));
    const found =
      path === undefined ? undefined : topLevel(scope, path, each.name === '*' ? name : (each.name ?? name), seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
