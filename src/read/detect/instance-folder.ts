import { dirname } from 'node:path/posix';
import type { App } from './app.ts';

/** Flask's instance folder: beside the package or module that makes the app. */
export function instanceFolder(app: App): string {
  const made = app.entry?.callable?.path ?? 'app.py';
  const folder = dirname(made);
  const outer = app.scope.has(`${folder}/__init__.py`) ? packageParent(app, folder) : folder;
  return outer === '.' ? 'instance' : `${outer}/instance`;
}

function packageParent(app: App, folder: string): string {
  let outer = folder;
  while (outer !== '.' && app.scope.has(`${outer}/__init__.py`)) outer = dirname(outer);
  return outer;
}
