import { stringValue } from '../python/literal.ts';
import type { Assignment, PythonModule } from '../python/module.ts';
import { modulePath } from '../python/project.ts';
import type { Scope } from './scope.ts';

export interface DjangoSettings {
  readonly modules: readonly PythonModule[];
  /** The folders between the settings and the root, the nearest first. */
  readonly packages: readonly string[];
  /** The last assignment to a setting, in the module that `manage.py` names, then in what it imports. */
  assignment(name: string): (Assignment & { readonly path: string }) | undefined;
}

/** The settings that a server would use: wsgi.py's choice, then manage.py's. Undefined where there is no Django. */
export function djangoSettings(scope: Scope): DjangoSettings | undefined {
  const files = scope.containing('DJANGO_SETTINGS_MODULE').toSorted((a, b) => weight(a) - weight(b));
  const named = files.flatMap(path => settingsNames(scope, path));
  const paths = named.flatMap(name => modulePath(scope, name) ?? []);
  const first = paths[0] === undefined ? undefined : scope.module(paths[0]);
  if (first === undefined) return undefined;

  const modules = withStarImports(scope, first);
  return {
    modules,
    packages: packagesOf(first.path),
    assignment(name) {
      for (const module of modules) {
        const found = module.assignments.findLast(({ target, within }) => target === name && within === null);
        if (found !== undefined) return { ...found, path: module.path };
      }
      return undefined;
    },
  };
}

function settingsNames(scope: Scope, path: string): readonly string[] {
  const module = scope.module(path);
  const defaults = (module?.calls ?? []).filter(
    call =>
      /environ\.setdefault$|getenv$|environ\.get$/.test(call.name) &&
      stringValue(call.arguments[0]) === 'DJANGO_SETTINGS_MODULE',
  );
  const set = (module?.assignments ?? []).filter(({ target }) => target === 'os.environ["DJANGO_SETTINGS_MODULE"]');
  return [
    ...defaults.map(call => stringValue(call.arguments[1])),
    ...set.map(({ value }) => stringValue(value)),
  ].filter(name => name !== undefined);
}

function weight(path: string): number {
  if (/(^|\/)wsgi\.py$/.test(path)) return 0;
  return /(^|\/)manage\.py$/.test(path) ? 1 : 2;
}

/** `from .base import *` is how settings are split. */
function withStarImports(
  scope: Scope,
  module: PythonModule,
  seen: readonly PythonModule[] = [],
): readonly PythonModule[] {
  if (seen.includes(module)) return [];
  const trail = [...seen, module];
  const folder = module.path.replace(/[^/]*$/, '');
  const stars = module.imports
    .filter(({ name }) => name === '*')
    .flatMap(({ module: name }) => {
      const path = name.startsWith('.') ? `${folder}${name.slice(1).replaceAll('.', '/')}.py` : modulePath(scope, name);
      const found = path === undefined ? undefined : scope.module(path);
      return found === undefined ? [] : withStarImports(scope, found, trail);
    });
  return [module, ...stars];
}

function packagesOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('/'));
}
