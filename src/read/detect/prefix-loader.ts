import type { Place } from '../../model/profile.ts';
import { stringValue } from '../python/literal.ts';
import { type App, isDeclared, loadedModules } from './app.ts';
import { dynaconfObjects, type FileSettings } from './dynaconf.ts';
import type { Setting } from './setting.ts';
import { variablesIn } from './variables-in.ts';

/** What fills Flask's settings from every variable with a prefix. */
export interface PrefixLoader {
  /** "FLASK_" */
  readonly prefix: string;
  readonly evidence: Place;
  /** Settings that files of the loader give. */
  readonly files: FileSettings;
}

/** `app.config.from_prefixed_env()` or FlaskDynaconf; the last one written, where there are several. */
export function prefixLoader(app: App): PrefixLoader | undefined {
  const own = loadedModules(app, 'from_prefixed_env').flatMap(module =>
    module.calls
      .filter(({ name, main }) => name.endsWith('.from_prefixed_env') && !main)
      .flatMap(call => {
        const written = call.arguments[0] ?? call.keywords.get('prefix');
        const prefix = written === undefined ? 'FLASK' : stringValue(written);
        const evidence = app.scope.place(module.path, call.line);
        return prefix === undefined ? [] : [{ prefix: `${prefix}_`, evidence, files: new Map() }];
      }),
  );
  return own.at(-1) ?? dynaconfObjects(app).find(({ fillsFlask }) => fillsFlask);
}

/** The name of the variable that sets the database of Flask-SQLAlchemy by its prefix; undefined where nothing does. */
export function prefixedDatabase(app: App): { readonly name: string; readonly evidence: Place } | undefined {
  const loader = prefixLoader(app);
  if (loader === undefined || !isDeclared(app, 'flask-sqlalchemy', 'flask-sqlalchemy-lite')) return undefined;
  return { name: `${loader.prefix}${databaseSetting}`, evidence: loader.evidence };
}

export const databaseSetting = 'SQLALCHEMY_DATABASE_URI';

/** Whether a setting gets its value from a variable of its own name: the prefix is not how people set it. */
export function hasOwnVariable({ module, value }: Setting): boolean {
  return variablesIn(module, value).length > 0;
}
