import { dirname, join } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { Place, Problem } from '../../model/profile.ts';
import { type Scope, scopeAt } from '../detect/scope.ts';
import { emptyInstall, type Manifest, type ManifestReading } from './manifest.ts';
import { all as manifests } from './manifests/_all.gen.ts';
import { withProjectPackages } from './project-packages.ts';

export interface InstallChoice {
  readonly install: Install;
  readonly evidence: Place | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The manifest that decides: the most trusted in the folder of the app's package, else in the folder that it runs in,
 * else in the nearest one above that has one.
 */
export function installChoice(scope: Scope, packageFolder = '.'): InstallChoice {
  const start = join(scope.root, packageFolder);
  for (let root = start; ; root = dirname(root)) {
    const here = root === scope.root ? scope : scopeAt(scope.repository, root);
    const [best, ...others] = readings(here);
    if (best !== undefined) {
      const { evidence, problems } = best.reading;
      const isLock = best.manifest.kind === 'lock';
      const install = isLock ? best.reading.install : withProjectPackages(here, best.reading.install, projectManifests);
      const stale = others.flatMap(({ reading }) => reading.problems).filter(({ id }) => id === 'lock-stale');
      return {
        install,
        evidence,
        problems: [...problems, ...stale, ...several(best, install.files, others)],
      };
    }
    if (root === '.') return { install: emptyInstall, evidence: undefined, problems: [] };
  }
}

const projectManifests = manifests.filter((manifest: Manifest) => manifest.kind === 'project');

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

/** Which of several won and why; a lock and its source, or a file that another one reads, are one and the same. */
function several(best: Read, files: readonly string[], others: readonly Read[]): readonly Problem[] {
  const rivals = others.filter(other => !belongTogether(files, other.reading.install.files));
  if (rivals.length === 0) return [];

  const left = [...new Set(rivals.map(nameOf))].join(', ');
  return [
    {
      id: 'several-manifests',
      message: `${nameOf(best)} decides what is installed, since ${reason(best)}; not used: ${left}.`,
      place: best.reading.evidence,
    },
  ];
}

function nameOf({ manifest, reading }: Read): string {
  return reading.install.files[0] ?? manifest.name;
}

function belongTogether(a: readonly string[], b: readonly string[]): boolean {
  return a.some(file => file === b[0]) || b.some(file => file === a[0]);
}

function reason({ manifest, reading }: Read): string {
  if (manifest.kind === 'lock') return 'it is a lock';
  if (reading.install.pinned) return 'its versions are pinned';
  return manifest.kind === 'project'
    ? 'the project itself declares its packages there'
    : 'it is the usual one for an app';
}
