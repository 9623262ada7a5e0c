import { constructors } from '../constructors.ts';
import { definedCandidate, type EntrySource, factoryNames } from '../entry.ts';
import { isImportable } from '../home.ts';

/** A function anywhere that returns an app and needs no arguments. */
const source: EntrySource = {
  name: 'application factory',
  trust: 50,
  candidates: scope =>
    scope
      .containing(...constructors)
      .filter(path => isImportable(scope, path))
      .flatMap(path =>
        (scope.module(path)?.functions ?? [])
          .filter(({ within, className }) => within === null && className === null)
          .flatMap(({ name }) => {
            const found = definedCandidate(scope, path, name);
            return found?.callable?.factory === true ? [{ ...found, doubt: factoryNames.includes(name) ? 0 : 5 }] : [];
          }),
      ),
};

export default source;
