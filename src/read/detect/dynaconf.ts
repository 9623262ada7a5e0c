import { basename, dirname } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import { stringList, stringValue } from '../python/literal.ts';
import type { Call, PythonModule } from '../python/module.ts';
import { moduleName, qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';
import { entriesIn } from './data-at.ts';
import { platformData } from './platform-file.ts';

/** Settings by their names in capitals, with the constant that a file gives. */
export type FileSettings = ReadonlyMap<string, string>;

/** Dynaconf's settings of an app. */
export interface DynaconfObject {
  /** "shop.config.settings"; undefined where Flask's own `app.config` is filled. */
  readonly name: string | undefined;
  readonly fillsFlask: boolean;
  /** "SHOP_"; "" where variables have no prefix. */
  readonly prefix: string;
  readonly evidence: Place;
  readonly files: FileSettings;
}

/** `Dynaconf(…)`, `LazySettings(…)`, `FlaskDynaconf(app, …)`. */
export function dynaconfObjects(app: App): readonly DynaconfObject[] {
  return loadedModules(app, 'dynaconf').flatMap(module =>
    module.calls.flatMap(call => {
      const made = /^dynaconf\.(?:\w+\.)*(Dynaconf|LazySettings|FlaskDynaconf)$/.exec(
        qualifiedName(app.scope, module, call.name),
      )?.[1];
      if (made === undefined) return [];
      const fillsFlask = made === 'FlaskDynaconf';
      const target = module.assignments.find(({ value }) => value.text === call.node.text)?.target;
      return [
        {
          name: fillsFlask || target === undefined ? undefined : `${moduleName(app.scope, module.path)}.${target}`,
          fillsFlask,
          prefix: prefixOf(call, fillsFlask ? 'FLASK' : 'DYNACONF'),
          evidence: app.scope.place(module.path, call.line),
          files: fileSettings(app, module, call),
        },
      ];
    }),
  );
}

function prefixOf(call: Call, usual: string): string {
  const written = ['envvar_prefix', 'ENVVAR_PREFIX', 'ENVVAR_PREFIX_FOR_DYNACONF', 'GLOBAL_ENV_FOR_DYNACONF']
    .map(name => call.keywords.get(name))
    .find(value => value !== undefined);
  if (written?.type === 'false') return '';
  return `${(stringValue(written) ?? usual).toUpperCase()}_`;
}

/** What the committed settings files give, at their top and in the tables that count in production. */
function fileSettings(app: App, module: PythonModule, call: Call): FileSettings {
  const named = ['settings_files', 'settings_file', 'SETTINGS_FILE_FOR_DYNACONF'].flatMap(name =>
    stringList(call.keywords.get(name)),
  );
  const names = named.length > 0 ? named.map(path => basename(path)) : usualFiles;
  const folders = new Set(['.', dirname(module.path), ...named.map(path => dirname(path))]);
  const found = app.scope.files
    .filter(path => names.includes(basename(path)) && folders.has(dirname(path)))
    .flatMap(path => tables(platformData(app.scope, path)));
  return new Map(found);
}

const usualFiles = ['settings', '.secrets'].flatMap(name =>
  ['toml', 'yaml', 'yml', 'json'].map(end => `${name}.${end}`),
);

function tables(data: unknown): readonly (readonly [string, string])[] {
  const counting = [[], ['default'], ['global'], ['production'], ['dynaconf']];
  return counting.flatMap(path => entriesIn(data, ...path)).flatMap(([key, value]) => leaves(key, value));
}

function leaves(key: string, value: unknown): readonly (readonly [string, string])[] {
  const name = key.toUpperCase();
  const inner = entriesIn({ value }, 'value').flatMap(([below, each]) => leaves(`${name}__${below}`, each));
  return [[name, typeof value === 'object' ? '' : String(value ?? '')], ...inner];
}
