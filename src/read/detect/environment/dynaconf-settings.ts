import type { Variable } from '../../../model/profile.ts';
import type { PythonNode } from '../../../model/repo-files.ts';
import { constantText, stringList, stringValue } from '../../python/literal.ts';
import { callOf, type PythonModule } from '../../python/module.ts';
import { descendants, dottedName, field, isTarget, line } from '../../python/node.ts';
import { moduleName, qualifiedName } from '../../python/project.ts';
import { type App, loadedModules } from '../app.ts';
import { type DynaconfObject, dynaconfObjects } from '../dynaconf.ts';
import { type EnvironmentSource, isSecretName, variableOf } from '../variable.ts';

/** What the app takes from Dynaconf's settings, and what its validators want: SHOP_X sets X, SHOP_DB__HOST `db.host`. */
const source: EnvironmentSource = {
  name: 'Dynaconf settings',
  variables: app =>
    dynaconfObjects(app).flatMap(object => [
      ...(object.name === undefined ? [] : reads(app, object, object.name)),
      ...wanted(app, object),
    ]),
};

interface Read {
  readonly key: string;
  readonly needed: boolean;
  readonly default?: PythonNode | undefined;
}

function reads(app: App, object: DynaconfObject, name: string): readonly Variable[] {
  return loadedModules(app, name.split('.').at(-1) ?? name).flatMap(module =>
    [...descendants(module.root)].flatMap(node => {
      const read = isTarget(node) ? undefined : readAt(app, module, node, name);
      return read === undefined ? [] : [variable(object, read, app.scope.place(module.path, line(node)))];
    }),
  );
}

/** `settings.X`, `settings["X"]`, `settings.get("X", default)`. */
function readAt(app: App, module: PythonModule, node: PythonNode, name: string): Read | undefined {
  if (node.type === 'subscript' && known(app, module, dottedName(field(node, 'value'))) === name) {
    const key = stringValue(field(node, 'subscript'));
    return key === undefined ? undefined : { key, needed: true };
  }
  if (node.type !== 'attribute' || node.parent?.type === 'attribute') return undefined;
  const whole = known(app, module, dottedName(node));
  if (whole?.startsWith(`${name}.`) !== true) return undefined;

  const parts = whole.slice(name.length + 1).split('.');
  const call =
    node.parent?.type === 'call' && field(node.parent, 'function') === node ? callOf(node.parent) : undefined;
  if (parts[0] === 'get' && call !== undefined) {
    const key = stringValue(call.arguments[0]);
    return key === undefined ? undefined : { key, needed: false, default: call.arguments[1] };
  }
  const keys = call === undefined ? parts : parts.slice(0, -1);
  return keys.length === 0 || ofDynaconf.test(keys[0] ?? '') ? undefined : { key: keys.join('.'), needed: true };
}

/** A dotted name of a file as the whole project calls it. */
function known(app: App, module: PythonModule, name: string | undefined): string | undefined {
  if (name === undefined || name.includes('?')) return undefined;
  const qualified = qualifiedName(app.scope, module, name);
  return qualified === name && module.assignments.some(({ target }) => target === name.split('.')[0])
    ? `${moduleName(app.scope, module.path)}.${name}`
    : qualified;
}

/** `Validator("X", must_exist=True)`. */
function wanted(app: App, object: DynaconfObject): readonly Variable[] {
  return loadedModules(app, 'Validator').flatMap(module =>
    module.calls
      .filter(call => /^dynaconf\.(\w+\.)*Validator$/.test(qualifiedName(app.scope, module, call.name)))
      .flatMap(call => {
        const must = call.keywords.get('must_exist') ?? call.keywords.get('required');
        const fallback = call.keywords.get('default');
        return call.arguments
          .flatMap(each => stringList(each))
          .map(key =>
            variable(
              object,
              { key, needed: must?.type === 'true' && fallback === undefined, default: fallback },
              app.scope.place(module.path, call.line),
            ),
          );
      }),
  );
}

function variable({ prefix, files }: DynaconfObject, read: Read, place: string): Variable {
  const key = read.key.replaceAll('.', '__').toUpperCase();
  const made = variableOf(`${prefix}${key}`, place, {
    required: read.needed && !files.has(key),
    default: isSecretName(key) ? null : (constantText(read.default) ?? (files.get(key) || null)),
  });
  return key === 'SECRET_KEY' ? { ...made, random: true as const } : made;
}

const ofDynaconf =
  /^(as_dict|clean|configure|current_env|current_namespace|env_file|exists|find_file|from_env|fresh|get|get_environ|get_fresh|hook|is_\w+|load_\w+|loaded_\w+|path_for|populate_obj|reload|set|setenv|settings_file|settings_module|store|to_dict|unset|update|using_env|validators|values|keys|items|_\w+|[A-Z_]+_FOR_DYNACONF)$/;

export default source;
