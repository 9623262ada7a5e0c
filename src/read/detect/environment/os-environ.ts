import type { Variable } from '../../../model/profile.ts';
import type { PythonNode } from '../../../model/repo-files.ts';
import { constantText, stringValue } from '../../python/literal.ts';
import type { Call, Lookup, PythonModule } from '../../python/module.ts';
import { children, field, isTarget } from '../../python/node.ts';
import { qualifiedName } from '../../python/project.ts';
import { type App, loadedModules } from '../app.ts';
import { isHandedOn } from '../unhandled-value.ts';
import { type EnvironmentSource, isSigningKey, variableOf } from '../variable.ts';

/** `os.environ[…]`, `os.environ.get(…)`, `os.getenv(…)`, under any name. */
const source: EnvironmentSource = {
  name: 'os.environ',
  variables: app =>
    loadedModules(app, 'environ', 'getenv').flatMap(module => [...calls(app, module), ...lookups(app, module)]),
};

function calls(app: App, module: PythonModule): readonly Variable[] {
  return module.calls.flatMap(call => {
    const name = stringValue(call.arguments[0]);
    const isReader = ['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environb.get'].includes(
      qualifiedName(app.scope, module, call.name),
    );
    if (!isReader || name === undefined || call.main) return [];

    const fallback = defaultOf(call);
    const required = !fallback.given && (isSigningKey(name) || isCheckedAfter(call.node));
    const found = variableOf(name, app.scope.place(module.path, call.line), { required, default: fallback.text });
    const isUnhandled = !required && !fallback.given && isHandedOn(call.node);
    return [isUnhandled ? { ...found, unhandled: true as const } : found];
  });
}

function lookups(app: App, module: PythonModule): readonly Variable[] {
  return module.lookups
    .filter(
      ({ object, main, node }) => !main && qualifiedName(app.scope, module, object) === 'os.environ' && !isTarget(node),
    )
    .map(lookup =>
      variableOf(lookup.key, app.scope.place(module.path, lookup.line), {
        required: !isGuarded(lookup),
        default: null,
      }),
    );
}

/** The second argument, or what stands after `or`. */
function defaultOf(call: Call): { readonly given: boolean; readonly text: string | null } {
  const second = call.arguments[1] ?? call.keywords.get('default');
  const parent = call.node.parent;
  const alternative =
    parent?.type === 'boolean_operator' && /\sor\s/.test(parent.text) ? field(parent, 'right') : undefined;
  const value = alternative ?? (second?.type === 'none' ? undefined : second);
  return { given: value !== undefined, text: constantText(value) ?? null };
}

function catchesAbsence(text: string): boolean {
  const clauses = text.split('except').slice(1);
  return clauses.some(clause => /^(?:[^:]*KeyError|\s*:|\s*Exception)/.test(clause));
}

/** In `try … except KeyError`, or where `"X" in os.environ` was asked before. */
function isGuarded({ node, key }: Lookup): boolean {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.type === 'try_statement' && catchesAbsence(above.text)) return !/\braise\b|sys\.exit/.test(above.text);
    const condition =
      above.type === 'if_statement'
        ? field(above, 'condition')
        : above.type === 'conditional_expression'
          ? children(above)[1]
          : undefined;
    if (condition !== undefined && condition !== node && condition.text.includes(key)) return true;
    if (above.type === 'function_definition') return false;
  }
  return false;
}

/** `x = os.getenv("X")` followed by `if not x: raise …` needs it all the same. */
function isCheckedAfter(node: PythonNode): boolean {
  const assignment = node.parent?.type === 'assignment' ? node.parent : undefined;
  const name = assignment === undefined ? undefined : field(assignment, 'left')?.text;
  const statement = assignment?.parent;
  const block = statement?.parent;
  if (name === undefined || statement === undefined || statement === null || block === undefined || block === null)
    return false;

  const after = children(block).slice(children(block).indexOf(statement) + 1, children(block).indexOf(statement) + 4);
  return after.some(each => {
    const condition = each.type === 'if_statement' ? (field(each, 'condition')?.text ?? '') : '';
    return (
      (condition.includes(`not ${name}`) || condition.includes(`${name} is None`)) &&
      /\braise\b|exit\(/.test(field(each, 'consequence')?.text ?? '')
    );
  });
}

export default source;
