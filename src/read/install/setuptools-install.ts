import type { Install } from '../../model/install.ts';
import type { Scope } from '../detect/scope.ts';
import { emptyInstall, repositoryPath } from './manifest.ts';
import { needsProject } from './project-need.ts';
import { requirementOf } from './requirements.ts';
import { requirementsTree } from './requirements-tree.ts';
import type { Listed } from './setup-requires.ts';
import { tomlTable } from './toml.ts';

/** What setup.py or setup.cfg lists, as an install. */
export function setuptoolsInstall(scope: Scope, file: string, { requirements, files }: Listed): Install {
  const written = requirements.map(each => each.replace(/\s#.*$/, '')).flatMap(each => requirementOf(each) ?? []);
  const read = files
    .flatMap(path => repositoryPath(scope, path) ?? [])
    .map(path => requirementsTree(scope.repository.files, path).install);
  const own = needsProject(scope, tomlTable(scope.text('pyproject.toml')) ?? {});

  return {
    ...emptyInstall,
    manager: 'setuptools',
    files: [file, ...read.flatMap(each => each.files)],
    pinned:
      written.length + read.length > 0 &&
      written.every(({ specifier }) => /^={2,3}[^*,]+$/.test(specifier)) &&
      read.every(each => each.pinned),
    requirements: read.flatMap(each => each.requirements),
    packages: [...written.map(({ text }) => text), ...read.flatMap(each => each.packages)],
    declared: Object.assign(
      {},
      ...read.map(each => each.declared),
      Object.fromEntries(written.map(({ name, specifier }) => [name, specifier])),
    ),
    options: read.flatMap(each => each.options),
    projects: own ? [{ path: scope.root, editable: false }] : [],
  };
}
