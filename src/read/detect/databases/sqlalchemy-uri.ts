import type { DatabaseSource } from '../database.ts';
import { prefixedDatabase } from '../prefix-loader.ts';
import { settingsNamed } from '../setting.ts';
import { computedText } from '../value.ts';
import { variablesIn } from '../variables-in.ts';

/** What extensions call it: Flask-SQLAlchemy first. */
const names = ['SQLALCHEMY_DATABASE_URI', 'ALCHEMICAL_DATABASE_URL', 'PEEWEE_DATABASE_URI'];

/** The setting that a database extension of Flask reads. */
const source: DatabaseSource = {
  name: 'database setting',
  trust: 90,
  findings(app) {
    const prefixed = prefixedDatabase(app);
    const found = names
      .flatMap(name => settingsNamed(app, name))
      .map(({ module, value, line }) => ({
        url: computedText(app.scope, module, value) ?? schemeIn(value.text),
        variable: variablesIn(module, value)[0] ?? prefixed?.name,
        variables: variablesIn(module, value),
        evidence: app.scope.place(module.path, line),
      }));
    if (found.length > 0 || prefixed === undefined) return found;
    return [{ url: undefined, variable: prefixed.name, evidence: prefixed.evidence }];
  },
};

/** `os.environ["URL"].replace("postgres://", "postgresql://")` tells at least the kind. */
function schemeIn(text: string): string | undefined {
  return /\b(postgres|postgresql|mysql|mariadb|sqlite)(\+\w+)?:\/\//.exec(text)?.[0];
}

export default source;
