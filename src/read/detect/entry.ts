import type { Place } from '../../model/profile.ts';
import { moduleName, modulePath } from '../python/project.ts';
import { type AppCallable, callableAt } from './callable.ts';
import type { Scope } from './scope.ts';

/** One place that says, or lets one see, what a server has to load. */
export interface EntryCandidate {
  /** "module:attr" or "module:factory()". */
  readonly entry: string;
  readonly evidence: Place;
  /** Known unless somebody declared an entry that can't be followed. */
  readonly callable?: AppCallable;
  /** The folder, below the scope's root, that a command changes to first. */
  readonly folder?: string;
  /** Said by FLASK_APP or by the start of a development server, not by one of production. */
  readonly development?: boolean;
  /** The line of a server for production, where one named the entry. */
  readonly server?: { readonly command: string; readonly place: Place };
  /** Taken from the source's trust: for the weaker of several answers of one source. */
  readonly doubt?: number;
}

/** One kind of evidence for the entry. A file in `entries/` with such a default export is all it takes. */
export interface EntrySource {
  readonly name: string;
  /** 0–100: a command that somebody runs in production is near 100, a guess from code near 40. */
  readonly trust: number;
  /** Whether it is what somebody runs in production: then a name like `manage` or a module without pages is no reason for doubt. */
  readonly production?: true;
  candidates(scope: Scope): readonly EntryCandidate[];
}

/** The candidate for a name of a module, if it really is an app or a factory that needs nothing. Beside a package `app` nobody can import app.py. */
export function definedCandidate(scope: Scope, path: string, attribute: string): EntryCandidate | undefined {
  const callable = callableAt(scope, path, attribute);
  if (callable === undefined || (callable.factory && callable.required.length > 0)) return undefined;

  const name = moduleName(scope, path);
  const isShadowed = modulePath(scope, name) !== path;
  if (isShadowed || (callable.factory && callable.inside !== undefined)) return undefined;

  return {
    entry: `${name}:${attribute}${callable.factory ? '()' : inside(callable)}`,
    evidence: scope.place(callable.path, callable.line),
    callable,
  };
}

/**
 * What a module answers when asked for its app without a name: `app`, `application`, the usual other names,
 * its only app, then a factory. Flask's own order first (flask/cli.py, find_best_app).
 */
export function appOfModule(scope: Scope, path: string): EntryCandidate | undefined {
  const module = scope.module(path);
  if (module === undefined) return undefined;

  const names = [...usualNames, ...instanceNames(scope, path), ...factoryNames];
  const found = names.flatMap(name => definedCandidate(scope, path, name) ?? []);
  return found.find(({ callable }) => callable?.inside === undefined) ?? found[0];
}

/** ".server" after the name of an object that only holds the app. */
function inside({ inside: attribute }: AppCallable): string {
  return attribute === undefined ? '' : `.${attribute}`;
}

/** `module:attr`, `module:factory('x')` or a bare module, as somebody wrote it in a command or a variable. */
export function declaredCandidate(scope: Scope, written: string, evidence: Place): EntryCandidate | undefined {
  const [, module = '', attribute = '', call = ''] =
    /^([\w./-]+?)(?:\.py)?(?::([A-Za-z_][\w.]*)(\(.*\))?)?$/.exec(written.trim()) ?? [];
  const dotted = module.replace(/^\.\//, '').replaceAll('/', '.');
  const path = modulePath(scope, dotted);
  if (path === undefined) return undefined;

  const name = moduleName(scope, path);
  if (attribute === '') {
    const found = appOfModule(scope, path);
    return found === undefined ? undefined : { ...found, evidence };
  }

  const callable = callableAt(scope, path, attribute);
  if (callable === undefined && !isBound(scope, path, attribute)) return undefined;
  const arguments_ =
    call !== '' ? call : callable?.factory === true ? '()' : callable === undefined ? '' : inside(callable);
  return { entry: `${name}:${attribute}${arguments_}`, evidence, ...(callable === undefined ? {} : { callable }) };
}

/** Whether a module gives something to a name; a command that names nothing is left over from another app. */
function isBound(scope: Scope, path: string, attribute: string): boolean {
  const module = scope.module(path);
  const first = attribute.split('.')[0] ?? '';
  if (module === undefined) return false;
  return (
    module.imports.some(
      ({ alias, module: from }) => alias === first || alias === '*' || from.split('.')[0] === first,
    ) ||
    module.assignments.some(({ target }) => target === first) ||
    [...module.functions, ...module.classes].some(({ name }) => name === first) ||
    new RegExp(`(^|[\\s,(])${first}\\s*(,[^=\\n]*)?=[^=]|global\\s+${first}`, 'm').test(scope.text(path) ?? '')
  );
}

/** Names given to an app at the level of the module. */
function instanceNames(scope: Scope, path: string): readonly string[] {
  const names = (scope.module(path)?.assignments ?? [])
    .filter(
      ({ within, main, className, target }) => within === null && !main && className === null && /^\w+$/.test(target),
    )
    .map(({ target }) => target);
  return [...new Set(names)];
}

const usualNames = ['app', 'application', 'server', 'api', 'wsgi_app', 'asgi_app'];

/** What people call the function that makes the app. */
export const factoryNames = [
  'create_app',
  'make_app',
  'create_application',
  'build_app',
  'get_app',
  'app_factory',
  'create_flask_app',
  'init_app',
];
