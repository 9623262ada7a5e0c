import { dirname } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { Place, Problem } from '../../model/profile.ts';
import { type Scope, scopeAt } from '../detect/scope.ts';
import { emptyInstall, type Manifest, type ManifestReading } from './manifest.ts';
import { all as manifests } from './manifests/_all.gen.ts';
import { unsupportedManifests } from './unsupported.ts';

export interface InstallChoice {
  readonly install: Install;
  readonly evidence: Place | undefined;
  readonly problems: readonly Problem[];
}

/** The manifest that decides: the most trusted in the app's folder, else in the nearest folder above that has one. */
export function installChoice(scope: Scope): InstallChoice {
  for (let root = scope.root; ; root = dirname(root)) {
    const here = root === scope.root ? scope : scopeAt(scope.repository, root);
    const found = readings(here);
    const [best, ...others] = found;
    if (best !== undefined)
      return { ...best.reading, problems: [...best.reading.problems, ...why(best, others), ...unused(here)] };

    const unsupported = unsupportedManifests(here).map(problem => ({ ...problem, fatal: true }));
    if (unsupported.length > 0) return { install: emptyInstall, evidence: undefined, problems: unsupported };
    if (root === '.') return { install: emptyInstall, evidence: undefined, problems: [] };
  }
}

interface Read {
  readonly manifest: Manifest;
  readonly reading: ManifestReading;
  readonly trust: number;
}

function readings(scope: Scope): readonly Read[] {
  return manifests
    .flatMap((manifest: Manifest) => {
      const reading = manifest.read(scope);
      return reading === undefined || isEmpty(reading) ? [] : [{ manifest, reading, trust: manifest.trust(reading) }];
    })
    .toSorted((a, b) => b.trust - a.trust);
}

/** A pyproject.toml that only configures tools asks for nothing. */
function isEmpty({ install, problems }: ManifestReading): boolean {
  const { requirements, packages, projects } = install;
  return requirements.length + packages.length + projects.length + problems.length === 0;
}

function why(best: Read, others: readonly Read[]): readonly Problem[] {
  if (
    others.length === 0 ||
    others.every(other => best.reading.install.files.some(file => other.reading.install.files[0] === file))
  )
    return [];
  const reason =
    best.manifest.name === 'uv.lock'
      ? 'it is a lock'
      : best.reading.install.pinned
        ? 'its versions are pinned'
        : 'it is the usual one for an app';
  const left = others.map(({ manifest }) => manifest.name).join(', ');
  return [
    {
      id: 'manifest-choice',
      message: `${best.manifest.name} decides what is installed, since ${reason}; not used: ${left}.`,
      place: best.reading.evidence,
    },
  ];
}

function unused(scope: Scope): readonly Problem[] {
  return unsupportedManifests(scope).map(({ place }) => ({
    id: 'manifest-unused',
    message: `${place?.replace(/:\d+$/, '') ?? ''} is not used: what decides stands in another manifest.`,
    ...(place === undefined ? {} : { place }),
  }));
}
