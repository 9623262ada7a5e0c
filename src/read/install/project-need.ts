import type { Scope } from '../detect/scope.ts';
import { normalName } from './requirements.ts';
import { type Table, tableAt, tablesAt, textAt } from './toml.ts';

/**
 * Whether the app works only when its own project is installed: a src layout, or code that asks for its own metadata.
 * A flat repository is run where it lies, since an install of it often fails.
 */
export function needsProject(scope: Scope, pyproject: Table): boolean {
  const isBuilt = tableAt(pyproject, 'build-system') !== undefined || scope.exists('setup.py');
  const poetry = tableAt(pyproject, 'tool', 'poetry');
  if (tableAt(pyproject, 'tool', 'uv')?.package === false || poetry?.['package-mode'] === false) return false;
  if (scope.sources.length > 1 || tablesAt(poetry, 'packages').some(each => isElsewhere(scope, each))) return true;

  const name = normalName(textAt(tableAt(pyproject, 'project'), 'name') ?? textAt(poetry, 'name') ?? setupName(scope));
  return isBuilt && name !== '' && readsOwnMetadata(scope, name);
}

/** Poetry's `packages = [{include = "shop", from = "lib"}]`. */
function isElsewhere(scope: Scope, written: Table): boolean {
  const from = textAt(written, 'from') ?? '.';
  return from !== '.' && from !== '' && scope.exists(from);
}

function setupName(scope: Scope): string {
  return /\bname\s*=\s*["']([\w.-]+)["']/.exec(scope.text('setup.py') ?? '')?.[1] ?? '';
}

function readsOwnMetadata(scope: Scope, name: string): boolean {
  return scope.containing('metadata', 'get_distribution').some(path => {
    const asked = [
      ...(scope.text(path) ?? '').matchAll(
        /(?:version|metadata|distribution|get_distribution|requires)\(\s*(?:["']([\w.-]+)["']|(__name__|__package__))/g,
      ),
    ];
    return asked.some(([, written, own]) => own !== undefined || normalName(written ?? '') === name);
  });
}
