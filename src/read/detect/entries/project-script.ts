import { lineOf, tomlTable } from '../../install/toml.ts';
import { modulePath } from '../../python/project.ts';
import { entriesIn, textIn } from '../data-at.ts';
import { appOfModule, declaredCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import type { Scope } from '../scope.ts';

/** A command that the project installs and that runs an app; and FastAPI's own `entrypoint`. */
const source: EntrySource = {
  name: 'project script',
  trust: 64,
  candidates(scope) {
    const text = scope.text('pyproject.toml');
    const data = tomlTable(text);
    const scripts = [...entriesIn(data, 'project', 'scripts'), ...entriesIn(data, 'tool', 'poetry', 'scripts')];
    const found = scripts.flatMap(([, value]) =>
      typeof value === 'string' ? runApp(scope, value, scope.place('pyproject.toml', lineOf(text, value))) : [],
    );
    const named = textIn(data, 'tool', 'fastapi', 'entrypoint');
    const declared =
      named === undefined
        ? undefined
        : declaredCandidate(scope, named, scope.place('pyproject.toml', lineOf(text, named)));
    return declared === undefined ? found : [{ ...declared, doubt: -24 }, ...found];
  },
};

/** `pkg.cli:main`: the app that this function's module names or holds. */
function runApp(scope: Scope, value: string, evidence: string): readonly EntryCandidate[] {
  const [module = '', name = ''] = value.split(':');
  const path = modulePath(scope, module);
  const body = path === undefined ? undefined : scope.module(path)?.functions.find(each => each.name === name);
  if (path === undefined || body === undefined || !/\brun\(|serve\(/.test(body.node.text)) return [];

  const named = /["']([\w.]+:[\w.]+)["']/.exec(body.node.text)?.[1];
  const found = named === undefined ? appOfModule(scope, path) : declaredCandidate(scope, named, evidence);
  return found === undefined ? [] : [{ ...found, evidence }];
}

export default source;
