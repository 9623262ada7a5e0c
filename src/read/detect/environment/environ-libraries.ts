import { constantText, stringValue } from '../../python/literal.ts';
import type { Call, PythonModule } from '../../python/module.ts';
import { qualifiedName } from '../../python/project.ts';
import { type App, loadedModules } from '../app.ts';
import { type EnvironmentSource, variableOf } from '../variable.ts';

const libraries = ['decouple', 'environs', 'environ', 'starlette', 'prettyconf'];

/** Helper libraries: python-decouple's `config("X")`, environs' and django-environ's `env("X")`, `env.str("X")`, Starlette's Config. */
const source: EnvironmentSource = {
  name: 'environ libraries',
  variables: app =>
    loadedModules(app, 'decouple', 'environs', 'import environ', 'starlette.config', 'env(', 'env.').flatMap(module =>
      module.calls.flatMap(call => {
        const name = stringValue(call.arguments[0]);
        if (name === undefined || !/^[A-Z][A-Z0-9_]*$/.test(name) || !isReader(app, module, call)) return [];

        const fallback = call.keywords.get('default') ?? call.arguments[1];
        const isGiven = fallback !== undefined && fallback.type !== 'identifier';
        return [
          variableOf(name, app.scope.place(module.path, call.line), {
            required: !isGiven,
            default: constantText(fallback) ?? null,
          }),
        ];
      }),
    ),
};

/** `config` imported from decouple, or a name that was made by a library's `Env()`. */
function isReader(app: App, module: PythonModule, call: Call): boolean {
  const [first = '', method] = call.name.split('.');
  if (
    method !== undefined &&
    !/^(str|bool|int|float|list|json|url|db|db_url|cache|cache_url|dict|path|decimal|email_url|dj_db_url|dj_cache_url|search_url)$/.test(
      method,
    )
  )
    return false;
  if (libraries.includes(qualifiedName(app.scope, module, first).split('.')[0] ?? ''))
    return qualifiedName(app.scope, module, first).includes('config');

  const home =
    module.assignments.find(({ target }) => target === first)?.value.text ?? importedReader(app, module, first);
  return /^(environs?\.)?Env(ironment)?\(|^FileAwareEnv\(|^(AutoConfig|Config)\(/.test(home);
}

function importedReader(app: App, module: PythonModule, name: string): string {
  const from = qualifiedName(app.scope, module, name).split('.').slice(0, -1).join('/');
  const home = app.scope.module(`${from}.py`) ?? app.scope.module(`${from}/__init__.py`);
  return home?.assignments.find(({ target }) => target === name)?.value.text ?? '';
}

export default source;
