import { constructors } from '../constructors.ts';
import { appOfModule, type EntrySource } from '../entry.ts';
import { isImportable } from '../home.ts';

/** Any module in which an app object is made. */
const source: EntrySource = {
  name: 'app object',
  trust: 45,
  candidates: scope =>
    scope
      .containing(...constructors)
      .filter(path => isImportable(scope, path))
      .flatMap(path => appOfModule(scope, path) ?? []),
};

export default source;
