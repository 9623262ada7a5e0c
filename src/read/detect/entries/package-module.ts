import { appOfModule, type EntrySource } from '../entry.ts';
import { isImportable } from '../home.ts';

const names = ['wsgi', 'app', 'main', 'asgi', '__init__', 'application', 'server', 'api', 'web'];

/** `<package>/wsgi.py`, `<package>/app.py`, the package itself. */
const source: EntrySource = {
  name: 'package module',
  trust: 62,
  candidates: scope =>
    names.flatMap((name, at) =>
      scope.paths
        .filter(path => new RegExp(`^(src/)?[^/]+/${name}\\.py$`).test(path) && isImportable(scope, path))
        .flatMap(path => {
          const found = appOfModule(scope, path);
          return found === undefined ? [] : [{ ...found, doubt: at }];
        }),
    ),
};

export default source;
