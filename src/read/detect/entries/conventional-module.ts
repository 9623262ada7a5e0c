import { appOfModule, type EntrySource } from '../entry.ts';
import { isImportable } from '../home.ts';

/** In the order that `flask run` and people follow; what comes later is less likely. */
const names = [
  'wsgi',
  'app',
  'main',
  'asgi',
  'application',
  'server',
  'index',
  'api',
  'webapp',
  'web',
  'flask_app',
  'run',
  'site',
];

/** A module at the root with a usual name in which an app is really defined. */
const source: EntrySource = {
  name: 'conventional module',
  trust: 75,
  candidates: scope =>
    names.flatMap((name, at) =>
      scope.sources.flatMap(folder => {
        const path = `${folder}${name}.py`;
        const found = scope.has(path) && isImportable(scope, path) ? appOfModule(scope, path) : undefined;
        return found === undefined ? [] : [{ ...found, doubt: at }];
      }),
    ),
};

export default source;
