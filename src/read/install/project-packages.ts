import { own as ownValue } from '../../base/own.ts';
import type { Install } from '../../model/install.ts';
import { type Scope, scopeAt } from '../detect/scope.ts';
import type { Manifest, ManifestReading } from './manifest.ts';

/**
 * An install with what its projects need: they go to `site` without their dependencies, so these have to be named for
 * the environment (`-e .` asks for all that setup.py lists).
 */
export function withProjectPackages(scope: Scope, install: Install, manifests: readonly Manifest[]): Install {
  let result = install;
  const queue = [...install.projects];
  const seen = new Set<string>(install.projects.length > 0 && isSource(install) ? [scope.root] : []);

  for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
    if (seen.has(project.path)) continue;
    seen.add(project.path);
    const reading = projectReading(scopeAt(scope.repository, project.path), manifests);
    if (reading === undefined) continue;
    result = merged(result, reading, project.extras ?? []);
    queue.push(...reading.install.projects);
  }
  return result;
}

/** Whether the install was read from the project's own file already. */
function isSource({ files }: Install): boolean {
  return /(^|\/)(pyproject\.toml|setup\.(py|cfg))$/.test(files[0] ?? '');
}

function projectReading(scope: Scope, manifests: readonly Manifest[]): ManifestReading | undefined {
  return manifests
    .flatMap(manifest => {
      const reading = manifest.read(scope);
      return reading === undefined ? [] : [{ reading, trust: manifest.trust(reading) }];
    })
    .toSorted((a, b) => b.trust - a.trust)[0]?.reading;
}

function merged(install: Install, { install: own, extras = {} }: ManifestReading, asked: readonly string[]): Install {
  const wanted = asked.flatMap(extra => ownValue(extras, extra) ?? []);
  const known = new Set([...install.projects.map(({ path }) => path)]);
  return {
    ...install,
    files: [...new Set([...install.files, ...own.files])],
    pinned: install.pinned && own.packages.length + own.requirements.length + wanted.length === 0,
    requirements: [...new Set([...install.requirements, ...own.requirements])],
    packages: [...new Set([...install.packages, ...own.packages, ...wanted])],
    declared: { ...own.declared, ...install.declared },
    options: [...new Set([...install.options, ...own.options])],
    projects: [...install.projects, ...own.projects.filter(({ path }) => !known.has(path))],
  };
}
