import { definedCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import { isImportable } from '../home.ts';
import { loadedFrom } from '../loaded.ts';
import type { Scope } from '../scope.ts';

/**
 * A module that puts pages on an app which another one makes and then never loads: the app alone would answer 404
 * everywhere. Of several, the one that loads most of them.
 */
const source: EntrySource = {
  name: 'module with the pages',
  trust: 46,
  candidates(scope) {
    const found = scope.containing('.route(', '.get(', '.callback(').flatMap(path => onForeignApp(scope, path));
    const paths = new Set(found.map(({ path }) => path));
    const loads = (path: string) => loadedFrom(scope, [path]).filter(each => paths.has(each)).length;
    const most = Math.max(0, ...[...paths].map(loads));
    return found.map(({ path, candidate }) => ({ ...candidate, doubt: most - loads(path) }));
  },
};

interface Found {
  readonly path: string;
  readonly candidate: EntryCandidate;
}

/** `from shop import app` and `@app.route(…)`, where shop doesn't import this module. */
function onForeignApp(scope: Scope, path: string): readonly Found[] {
  const text = scope.text(path) ?? '';
  const names = [...text.matchAll(/^@(\w+)\.(route|get|callback)\(/gm)].map(([, name = '']) => name);
  return [...new Set(names)]
    .filter(name => scope.module(path)?.imports.some(({ alias }) => alias === name) === true)
    .flatMap(name => {
      const candidate = isImportable(scope, path) ? definedCandidate(scope, path, name) : undefined;
      const home = candidate?.callable?.path;
      const isLost =
        candidate?.callable?.factory === false && home !== undefined && !loadedFrom(scope, [home]).includes(path);
      return isLost ? [{ path, candidate }] : [];
    });
}

export default source;
