import { stringValue } from '../../python/literal.ts';
import { djangoSettings } from '../django-settings.ts';
import { definedCandidate, type EntrySource } from '../entry.ts';

/** Django: what `WSGI_APPLICATION` names, else the wsgi.py beside the settings. */
const source: EntrySource = {
  name: 'Django',
  trust: 80,
  candidates(scope) {
    const settings = djangoSettings(scope);
    const written = stringValue(settings?.assignment('WSGI_APPLICATION')?.value);
    const named = written?.split('.') ?? [];
    const attribute = named.at(-1) ?? 'application';
    const places = [
      `${named.slice(0, -1).join('/')}.py`,
      ...(settings === undefined ? [] : settings.packages.map(folder => `${folder}/wsgi.py`)),
    ];
    const found = places.flatMap(path => (scope.has(path) ? (definedCandidate(scope, path, attribute) ?? []) : []));
    return found.slice(0, 1);
  },
};

export default source;
