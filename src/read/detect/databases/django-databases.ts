import { dictionaryValues } from '../../python/dictionary.ts';
import { descendants } from '../../python/node.ts';
import type { DatabaseSource } from '../database.ts';
import { djangoSettings } from '../django-settings.ts';
import { computedText } from '../value.ts';
import { variablesIn } from '../variables-in.ts';

/** Django's DATABASES. */
const source: DatabaseSource = {
  name: 'DATABASES',
  trust: 95,
  findings(app) {
    const setting = djangoSettings(app.scope)?.assignment('DATABASES');
    const module = setting === undefined ? undefined : app.scope.module(setting.path);
    if (setting === undefined || module === undefined) return [];

    const value = dictionaryValues(setting.value, 'ENGINE')[0];
    const call = [...descendants(setting.value)].find(node => node.type === 'call');
    const url =
      computedText(app.scope, module, value) ??
      computedText(app.scope, module, call) ??
      /postgres\w*:|sqlite:|mysql:/.exec(setting.value.text)?.[0];
    const written = variablesIn(module, setting.value);
    const implied = /dj_database_url|env\.(db|dj_db_url)\(\s*\)/.test(setting.value.text) ? 'DATABASE_URL' : undefined;
    const variable =
      written.find(name => /URL|URI/.test(name)) ?? implied ?? written.find(name => /HOST|NAME|DB/.test(name));
    return [{ url, variable, variables: written, evidence: app.scope.place(setting.path, setting.line) }];
  },
};

export default source;
