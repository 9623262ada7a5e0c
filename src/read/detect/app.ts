import type { Install } from '../../model/install.ts';
import type { PythonModule } from '../python/module.ts';
import type { RankedEntry } from './rank.ts';
import type { Scope } from './scope.ts';

/** What the claims about an app start from. */
export interface App {
  readonly scope: Scope;
  readonly entry: RankedEntry | undefined;
  readonly install: Install;
  /** The files that a server loads, as far as imports tell; all of them when that can't be told. */
  readonly loaded: readonly string[];
}

/** The parsed files that a server loads and that contain one of these texts. */
export function loadedModules(app: App, ...needles: readonly string[]): readonly PythonModule[] {
  return app.loaded
    .filter(path => needles.some(needle => app.scope.text(path)?.includes(needle) === true))
    .flatMap(path => app.scope.module(path) ?? []);
}

/** Whether a distribution is among the declared ones (normalised names). */
export function isDeclared(app: App, ...names: readonly string[]): boolean {
  return names.some(name => Object.hasOwn(app.install.declared, name));
}
