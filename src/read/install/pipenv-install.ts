import type { Install } from '../../model/install.ts';
import type { Scope } from '../detect/scope.ts';
import { emptyInstall, repositoryPath } from './manifest.ts';
import type { Dependency } from './written-dependency.ts';

/** What Pipenv's entries ask for, as an install. */
export function pipenvInstall(
  scope: Scope,
  files: readonly string[],
  dependencies: readonly Dependency[],
  options: readonly string[],
): Install {
  const packages = dependencies.filter(each => each.kind === 'package');
  return {
    ...emptyInstall,
    manager: 'pipenv',
    files,
    pinned: packages.length > 0 && packages.every(({ specifier, text }) => isExact(specifier, text)),
    packages: packages.map(({ text }) => text),
    declared: Object.fromEntries(packages.map(({ name, specifier }) => [name, specifier])),
    options,
    projects: dependencies.flatMap(each =>
      each.kind === 'package'
        ? []
        : [{ ...each.project, path: repositoryPath(scope, each.project.path) ?? each.project.path }],
    ),
  };
}

function isExact(specifier: string, text: string): boolean {
  return /^==[^*,]+$/.test(specifier) || /@[0-9a-f]{40}\b/.test(text);
}
