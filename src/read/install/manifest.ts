import type { Install } from '../../model/install.ts';
import type { Place, Problem } from '../../model/profile.ts';
import type { Scope } from '../detect/scope.ts';

/** What a manifest says, before one of several is chosen. */
export interface ManifestReading {
  readonly install: Install;
  readonly evidence: Place;
  readonly problems: readonly Problem[];
  /** What a project's extras need, for those who ask for them. */
  readonly extras?: Readonly<Record<string, readonly string[]>>;
}

/** One kind of manifest. A file in `manifests/` with such a default export is all it takes. */
export interface Manifest {
  readonly name: string;
  /** A lock holds all packages, those of the repository's own projects too; a project's file says what that project needs; a list says anything. */
  readonly kind: 'lock' | 'project' | 'list';
  /** 0–100: a lock is worth more than pinned versions, those more than loose ones. */
  trust(reading: ManifestReading): number;
  /** What stands in the scope's folder; undefined when this kind is not there. Paths are relative to the repository. */
  read(scope: Scope): ManifestReading | undefined;
}

/** An install of nothing, to be filled in. */
export const emptyInstall: Install = {
  manager: 'none',
  files: [],
  pinned: false,
  hashes: false,
  requirements: [],
  constraints: [],
  packages: [],
  declared: {},
  options: [],
  projects: [],
};

/** A path of the scope as the repository has it; undefined when it points outside. */
export function repositoryPath(scope: Scope, path: string): string | undefined {
  const parts: string[] = scope.root === '.' ? [] : scope.root.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
