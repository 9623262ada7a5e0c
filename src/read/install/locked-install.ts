import type { Install } from '../../model/install.ts';
import type { Problem } from '../../model/profile.ts';
import type { Scope } from '../detect/scope.ts';
import type { Locked } from './locked.ts';
import { emptyInstall, type ManifestReading, repositoryPath } from './manifest.ts';
import { needsProject } from './project-need.ts';
import { tomlTable } from './toml.ts';

/** A lock of the scope's folder as an install: exact packages, the folders it names, and the project itself where the app needs it. */
export function lockedInstall(
  scope: Scope,
  lock: { readonly manager: Install['manager']; readonly files: readonly string[]; readonly locked: Locked },
  stale: Problem | undefined,
): ManifestReading {
  const { requirements, folders, declared, options } = lock.locked;
  const projects = folders.map(({ path, editable }) => ({ path: repositoryPath(scope, path) ?? path, editable }));
  const isNamed = projects.some(({ path }) => path === scope.root);
  const own = !isNamed && needsProject(scope, tomlTable(scope.text('pyproject.toml')) ?? {});
  const install = {
    ...emptyInstall,
    manager: lock.manager,
    files: lock.files,
    pinned: true,
    packages: requirements,
    declared,
    options,
    projects: [...projects, ...(own ? [{ path: scope.root, editable: false }] : [])],
  };
  return { install, evidence: `${lock.files[0]}:1`, problems: stale === undefined ? [] : [stale] };
}
