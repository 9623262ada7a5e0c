import type { Scope } from '../detect/scope.ts';

/** The file of a folder that describes a conda environment. */
export function condaFile(scope: Scope): string | undefined {
  const names = ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml', 'env.yml', 'env.yaml'];
  return names.find(name => /^dependencies\s*:/m.test(scope.text(name) ?? ''));
}
