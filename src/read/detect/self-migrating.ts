import { stringValue } from '../python/literal.ts';
import type { Call, PythonFunction, PythonModule } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';
import { factoryNames } from './entry.ts';
import { computedText, insideTree } from './value.ts';

/** An app that brings its own database up to date while it is imported. */
export interface SelfMigrating {
  readonly module: PythonModule;
  readonly call: Call;
  /** Where its migrations are; null when that can't be told. */
  readonly folder: string | null;
}

/** The call of Flask-Migrate's or Alembic's `upgrade` that every start of the app comes through. */
export function selfMigrating(app: App): SelfMigrating | undefined {
  let started: ReadonlySet<string> | undefined;
  const isStarted = (name: string) => {
    // It takes every file parsed.
    started ??= startedFunctions(app);
    return started.has(name);
  };
  for (const module of loadedModules(app, 'upgrade(')) {
    const call = module.calls.find(
      each =>
        !each.main &&
        /^(flask_migrate\.upgrade|alembic\.command\.upgrade)$/.test(qualifiedName(app.scope, module, each.name)) &&
        (each.within === null || isStarted(each.within.name)),
    );
    if (call !== undefined) return { module, call, folder: folderOf(app, module, call) };
  }
  return undefined;
}

/** Names of the functions that an import of the app calls, as far as names tell: from modules and from factories on. */
function startedFunctions(app: App): ReadonlySet<string> {
  const calls = loadedModules(app, '(').flatMap(module => module.calls.filter(({ main }) => !main));
  const within = new Map<string | null, string[]>();
  for (const { name, within: around } of calls) {
    const names = within.get(nameOf(around)) ?? [];
    names.push(lastName(name));
    within.set(nameOf(around), names);
  }

  const made = /:(\w+)\(/.exec(app.entry?.entry ?? '')?.[1];
  const found = new Set<string>();
  const queue = [...(within.get(null) ?? []), ...factoryNames, ...(made === undefined ? [] : [made])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...(within.get(name) ?? []));
  }
  return found;
}

/** What a command, a route or another decorator holds is called by somebody else, at another time. */
function nameOf(around: PythonFunction | null): string | null {
  return around === null ? null : around.decorators.length > 0 ? `@${around.name}` : around.name;
}

function lastName(name: string): string {
  return name.split('.').at(-1) ?? name;
}

function folderOf({ scope }: App, module: PythonModule, call: Call): string | null {
  const written = call.keywords.get('directory') ?? call.arguments[0];
  const text = stringValue(written) ?? computedText(scope, module, written);
  const named = text === undefined ? undefined : insideTree(text, '.', 'instance');
  const found = scope.files.filter(path => /(^|\/)env\.py$/.test(path)).map(path => path.replace(/\/?env\.py$/, ''));
  const folders = found
    .filter(folder => scope.exists(`${folder}/versions`) || scope.exists(`${folder}/script.py.mako`))
    .toSorted((a, b) => a.split('/').length - b.split('/').length);
  return folders.find(folder => folder === named) ?? folders[0] ?? null;
}
