import { lineOf } from '../../install/toml.ts';
import { dataAt, entriesIn, textIn } from '../data-at.ts';
import { declaredVariable } from '../declared-variable.ts';
import { platformData } from '../platform-file.ts';
import type { EnvironmentSource } from '../variable.ts';

/** `env` of app.json: what is required, and what `generator: secret` lets anybody make up. */
const source: EnvironmentSource = {
  name: 'app.json',
  variables: ({ scope }) =>
    entriesIn(platformData(scope, 'app.json'), 'env').flatMap(([name, entry]) => {
      const value = typeof entry === 'string' ? entry : (textIn(entry, 'value') ?? null);
      const place = scope.place('app.json', lineOf(scope.text('app.json'), `"${name}"`));
      const found = declaredVariable({ name, value, required: dataAt(entry, 'required') === true, place });
      return textIn(entry, 'generator') === 'secret'
        ? found.map(each => ({ ...each, secret: true, default: null, random: true as const }))
        : found;
    }),
};

export default source;
