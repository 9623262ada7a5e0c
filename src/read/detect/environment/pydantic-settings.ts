import type { Variable } from '../../../model/profile.ts';
import type { PythonNode } from '../../../model/repo-files.ts';
import { constantText, stringValue } from '../../python/literal.ts';
import type { PythonClass, PythonModule } from '../../python/module.ts';
import { callOf } from '../../python/module.ts';
import { children, descendants, field, line } from '../../python/node.ts';
import { type App, loadedModules } from '../app.ts';
import { type EnvironmentSource, variableOf } from '../variable.ts';

/** The fields of a class that inherits from pydantic's BaseSettings. */
const source: EnvironmentSource = {
  name: 'pydantic settings',
  variables: app =>
    loadedModules(app, 'BaseSettings').flatMap(module =>
      module.classes.filter(each => isSettings(module, each)).flatMap(each => fields(app, module, each)),
    ),
};

function isSettings(module: PythonModule, { bases }: PythonClass): boolean {
  return bases.some(
    base =>
      /(^|\.)BaseSettings$/.test(base) || module.classes.some(each => each.name === base && isSettings(module, each)),
  );
}

function fields(app: App, module: PythonModule, definition: PythonClass): readonly Variable[] {
  const prefix = prefixOf(definition.node);
  const body = field(definition.node, 'body');
  const statements =
    body === undefined
      ? []
      : children(body).flatMap(each => (each.type === 'expression_statement' ? children(each) : []));

  return statements.flatMap(each => {
    const name = field(each, 'left')?.text ?? '';
    const type = field(each, 'type');
    if (
      each.type !== 'assignment' ||
      type === undefined ||
      !/^[A-Za-z]\w*$/.test(name) ||
      /ClassVar|ConfigDict/.test(type.text)
    )
      return [];

    const fallback = defaultIn(field(each, 'right'));
    const value = { required: fallback === undefined, default: constantText(fallback) ?? null };
    return [variableOf(`${prefix}${name}`.toUpperCase(), app.scope.place(module.path, line(each)), value)];
  });
}

/** `Field(default)`, `Field(default=…)`, `Field(...)`, or the value itself; undefined where there is none. */
function defaultIn(value: PythonNode | undefined): PythonNode | undefined {
  if (value?.type !== 'call' || !/Field$/.test(callOf(value).name))
    return value?.type === 'ellipsis' ? undefined : value;
  const call = callOf(value);
  const given = call.keywords.get('default') ?? call.keywords.get('default_factory') ?? call.arguments[0];
  return given?.type === 'ellipsis' ? undefined : given;
}

function prefixOf(node: PythonNode): string {
  for (const each of descendants(node)) {
    if (each.type === 'keyword_argument' && field(each, 'name')?.text === 'env_prefix')
      return stringValue(field(each, 'value')) ?? '';
    if (each.type === 'assignment' && field(each, 'left')?.text === 'env_prefix')
      return stringValue(field(each, 'right')) ?? '';
  }
  return '';
}

export default source;
