import { tomlTable } from '../install/toml.ts';
import { stringValue } from '../python/literal.ts';
import type { PythonModule } from '../python/module.ts';
import { dottedName } from '../python/node.ts';
import { modulePath } from '../python/project.ts';
import { entriesIn } from './data-at.ts';
import type { Scope } from './scope.ts';

/**
 * How a file that a person starts, or that an installed script leads to, brings the database up to date:
 * "python manage.py db upgrade". Undefined where it has no such command.
 */
export function migrateCli(scope: Scope, module: PythonModule): string | undefined {
  const group = scriptGroup(module) ?? (isFlaskGroup(module) ? 'db' : undefined);
  if (group === undefined) return undefined;
  if (module.calls.some(({ main }) => main)) return `python ${module.path} ${group} upgrade`;

  const script = installedScript(scope, module.path);
  return script === undefined ? undefined : `${script} ${group} upgrade`;
}

/** Flask-Script: `manager.add_command("db", MigrateCommand)`. */
function scriptGroup({ calls }: PythonModule): string | undefined {
  const added = calls.find(
    ({ name, arguments: words }) =>
      /add_command$/.test(name) && dottedName(words[1])?.endsWith('MigrateCommand') === true,
  );
  return stringValue(added?.arguments[0]);
}

function isFlaskGroup({ calls, functions }: PythonModule): boolean {
  return (
    calls.some(({ name, keywords }) => /(^|\.)FlaskGroup$/.test(name) || keywords.get('cls')?.text === 'FlaskGroup') ||
    functions.some(({ decorators }) => decorators.some(({ text }) => /cls\s*=\s*FlaskGroup\b/.test(text)))
  );
}

function installedScript(scope: Scope, path: string): string | undefined {
  const data = tomlTable(scope.text('pyproject.toml'));
  const scripts = [...entriesIn(data, 'project', 'scripts'), ...entriesIn(data, 'tool', 'poetry', 'scripts')];
  return scripts.find(([name, value]) => {
    const module = typeof value === 'string' ? value.split(':')[0] : undefined;
    return /^[\w.-]+$/.test(name) && module !== undefined && modulePath(scope, module) === path;
  })?.[0];
}
