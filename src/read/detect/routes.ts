import type { Place } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { stringList, stringValue } from '../python/literal.ts';
import { type Call, callOf, type PythonModule } from '../python/module.ts';
import { dottedName } from '../python/node.ts';
import { type App, loadedModules } from './app.ts';
import { definingModule } from './callable.ts';
import { djangoRoutes } from './django-routes.ts';
import { computedText } from './value.ts';

/** A path that answers GET and has no parameters. */
export interface Route {
  readonly path: string;
  readonly evidence: Place;
}

/** The GET routes without parameters, of the app itself and of what is registered on it, in the order found. */
export function routesOf(app: App): readonly Route[] {
  if (app.entry?.callable?.framework === 'django') return djangoRoutes(app);

  const prefixes = registeredPrefixes(app);
  const found = loadedModules(
    app,
    '.route(',
    '.get(',
    'add_url_rule(',
    'add_api_route(',
    'add_resource(',
    'Route(',
  ).flatMap(module =>
    module.calls.flatMap(call => {
      const rule = ruleOf(call);
      const owner = rule === undefined ? undefined : ownerPrefixes(app, module, call, prefixes);
      return (owner ?? []).map(prefix => ({
        path: joined(prefix, rule ?? ''),
        evidence: app.scope.place(module.path, call.line),
      }));
    }),
  );
  const plain = found.filter(({ path }) => !/[<{]/.test(path));
  return plain.filter((each, at) => plain.findIndex(({ path }) => path === each.path) === at);
}

/** The rule of a call that declares a GET route. */
function ruleOf(call: Call): string | undefined {
  const method = call.name.split('.').at(-1) ?? '';
  if (
    !['route', 'get', 'add_url_rule', 'add_api_route', 'api_route', 'add_resource'].includes(method) ||
    !call.name.includes('.')
  )
    return undefined;
  const isDecorator = call.node.parent?.type === 'decorator';
  if ((method === 'get' || method === 'route' || method === 'api_route') && !isDecorator) return undefined;

  const methods = call.keywords.get('methods');
  if (methods !== undefined && !stringList(methods).some(each => each.toUpperCase() === 'GET')) return undefined;
  const rule = stringValue(
    method === 'add_resource'
      ? call.arguments[1]
      : (call.arguments[0] ?? call.keywords.get('rule') ?? call.keywords.get('path')),
  );
  return rule === '' || rule?.startsWith('/') === true ? rule : undefined;
}

/** The prefixes under which the object before `.route` stands: [""] for an app, none for a blueprint that nobody registers. */
function ownerPrefixes(
  app: App,
  module: PythonModule,
  call: Call,
  prefixes: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const owner = call.name.split('.').slice(0, -1).join('.');
  const made = groupOf(app, module, owner, call);
  if (made === undefined) return isAppName(owner) ? [''] : undefined;
  return prefixes.get(made.key) ?? (prefixes.has('*') ? [made.prefix] : undefined);
}

function isAppName(owner: string): boolean {
  return /(^|\.)(app|application|server|api|current_app|flask_app|webapp)$/.test(owner) || !owner.includes('.');
}

interface RouteGroup {
  /** "path:name" of the blueprint or router. */
  readonly key: string;
  /** Its own prefix. */
  readonly prefix: string;
}

/** The blueprint, router or namespace that a name stands for; undefined when it is none. */
function groupOf(app: App, module: PythonModule, name: string, call?: Call): RouteGroup | undefined {
  const local = module.assignments.find(
    each => each.target === name && (each.within === null || each.within === call?.within),
  );
  const home = local === undefined ? definingModule(app.scope, module, name) : { module, name };
  const value = home?.module.assignments.find(({ target }) => target === home.name)?.value;
  if (home === undefined || value?.type !== 'call' || !isGroup(value)) return undefined;

  const made = callOf(value);
  const own = made.keywords.get('url_prefix') ?? made.keywords.get('prefix') ?? made.keywords.get('path');
  return {
    key: `${home.module.path}:${home.name}`,
    prefix: stringValue(own) ?? (own === undefined ? ownPath(made) : ''),
  };
}

/** Without a path, a namespace of Flask-RESTX stands below its name. */
function ownPath({ name, arguments: [first] }: ReturnType<typeof callOf>): string {
  return name.endsWith('Namespace') && first !== undefined ? joined('', stringValue(first) ?? '') : '';
}

function isGroup(node: PythonNode): boolean {
  return /(Blueprint|APIRouter|Router|Namespace)$/.test(callOf(node).name);
}

/** By group: the prefixes it was registered with. The key "*" is there when something was registered that can't be told (in a loop). */
function registeredPrefixes(app: App): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const nested: { readonly parent: string; readonly child: string; readonly prefix: string }[] = [];

  for (const module of loadedModules(
    app,
    'register_blueprint(',
    'include_router(',
    'add_namespace(',
    'register_api(',
  )) {
    for (const call of module.calls.filter(({ name }) =>
      /\.(register_blueprint|include_router|add_namespace|register_api)$/.test(name),
    )) {
      const name =
        dottedName(call.arguments[0]) ?? dottedName(call.keywords.get('blueprint') ?? call.keywords.get('router'));
      const group = name === undefined ? undefined : groupOf(app, module, name, call);
      if (group === undefined) {
        found.set('*', []);
        continue;
      }
      const parent = groupOf(app, module, call.name.split('.').slice(0, -1).join('.'), call);
      const prefix = prefixAt(app, module, call, group);
      if (parent !== undefined)
        nested.push({ parent: parent.key, child: group.key, prefix: joined(parent.prefix, prefix) });
      else found.set(group.key, [...(found.get(group.key) ?? []), prefix]);
    }
  }
  return withNested(found, nested);
}

/** Flask's argument replaces the blueprint's own prefix; FastAPI's stands before it. */
function prefixAt(app: App, module: PythonModule, call: Call, group: RouteGroup): string {
  const argument =
    call.keywords.get('url_prefix') ??
    call.keywords.get('prefix') ??
    (call.name.endsWith('add_namespace') ? (call.keywords.get('path') ?? call.arguments[1]) : undefined);
  const written = argument === undefined ? '' : (computedText(app.scope, module, argument) ?? '<unknown>');
  if (call.name.endsWith('include_router')) return joined(written, group.prefix);
  return argument === undefined ? group.prefix : written;
}

function withNested(
  found: ReadonlyMap<string, readonly string[]>,
  nested: readonly { readonly parent: string; readonly child: string; readonly prefix: string }[],
): ReadonlyMap<string, readonly string[]> {
  const all = new Map(found);
  for (let round = 0; round < 4; round += 1) {
    for (const { parent, child, prefix } of nested) {
      const above = all.get(parent) ?? (all.has('*') ? [''] : []);
      if (above.length > 0 && !all.has(child))
        all.set(
          child,
          above.map(each => joined(outer(each, prefix), prefix)),
        );
    }
  }
  return all;
}

/** The parent's own prefix already stands in the child's; what it was registered with replaces it only when it is more. */
function outer(registered: string, prefix: string): string {
  return prefix.startsWith(registered) ? '' : registered;
}

function joined(prefix: string, rule: string): string {
  const path = `${prefix.replace(/\/$/, '')}${rule}`.replace(/\/\//g, '/');
  return path === '' ? '/' : path.startsWith('/') ? path : `/${path}`;
}
