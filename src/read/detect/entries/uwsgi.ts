import type { EntrySource } from '../entry.ts';
import { uwsgiCandidates } from '../uwsgi-config.ts';

/** uwsgi's configuration files. */
const source: EntrySource = {
  name: 'uwsgi configuration',
  trust: 88,
  production: true,
  candidates: scope =>
    scope.files
      .filter(
        path =>
          /uwsgi[\w.-]*\.(ini|xml|ya?ml)$/i.test(path) ||
          (/\.ini$/.test(path) && /^\[uwsgi\]/m.test(scope.text(path) ?? '')),
      )
      .flatMap(path => uwsgiCandidates(scope, path))
      .map(found => (found.folder === undefined ? found : { ...found, doubt: 14 })),
};

export default source;
