import type { PythonNode } from '../../model/repo-files.ts';
import { dictionaryValues } from '../python/dictionary.ts';
import type { PythonModule } from '../python/module.ts';
import { line } from '../python/node.ts';
import { type App, loadedModules } from './app.ts';

/** A place where a setting gets its value. */
export interface Setting {
  readonly module: PythonModule;
  readonly value: PythonNode;
  readonly line: number;
}

/**
 * Where Flask's settings of this name are set, in any way that `app.config` knows: a class or module of settings,
 * `app.config["X"] = …`, `from_mapping(X=…)`, `config.update(X=…)`, a dictionary. Those for tests come last.
 */
export function settingsNamed(app: App, name: string): readonly Setting[] {
  const found = loadedModules(app, name).flatMap(module => [
    ...assigned(module, name),
    ...passed(module, name),
    ...paired(module, name),
  ]);
  return found
    .map(({ setting }) => setting)
    .filter((_, at) => found[at]?.isTest === false)
    .concat(found.filter(({ isTest }) => isTest).map(({ setting }) => setting));
}

interface Weighed {
  readonly setting: Setting;
  readonly isTest: boolean;
}

function assigned(module: PythonModule, name: string): readonly Weighed[] {
  return module.assignments
    .filter(({ target }) => target === name || target.endsWith(`config["${name}"]`))
    .map(({ value, line: at, className, within }) => ({
      setting: { module, value, line: at },
      isTest: /test/i.test(`${className} ${within?.name}`),
    }));
}

function passed(module: PythonModule, name: string): readonly Weighed[] {
  return module.calls.flatMap(call => {
    const value = call.keywords.get(name);
    return value === undefined || !/(from_mapping|update|dict|\?)$/.test(call.name)
      ? []
      : [{ setting: { module, value, line: line(value) }, isTest: false }];
  });
}

function paired(module: PythonModule, name: string): readonly Weighed[] {
  return dictionaryValues(module.root, name).map(value => ({
    setting: { module, value, line: line(value) },
    isTest: false,
  }));
}
