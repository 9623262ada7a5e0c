import type { Install } from '../../../model/install.ts';
import type { RepoFiles } from '../../../model/repo-files.ts';
import { type Manifest, repositoryPath } from '../manifest.ts';
import { isForProduction, requirementFiles } from '../requirement-files.ts';
import { requirementsTree } from '../requirements-tree.ts';

/** pip's requirements files, production's own where there are several. */
const manifest: Manifest = {
  name: 'requirements.txt',
  kind: 'list',
  trust: ({ install, problems }) => (install.pinned ? 80 : asksForNothing(install) && problems.length === 0 ? 10 : 60),
  read(scope) {
    const names = requirementFiles(scope.files).filter(name => scope.text(name) !== undefined);
    const [first] = names;
    if (first === undefined) return undefined;

    const general = isForProduction(first) ? names.find(name => !isForProduction(name)) : undefined;
    const paths = [first, ...(general === undefined ? [] : [general])].flatMap(
      name => repositoryPath(scope, name) ?? [],
    );
    const chosen = together(scope.repository.files, paths);
    const { install, problems } = requirementsTree(scope.repository.files, ...chosen);
    return { install, problems, evidence: `${chosen[0]}:1` };
  },
};

function asksForNothing({ declared, packages, projects }: Install): boolean {
  return Object.keys(declared).length + packages.length + projects.length === 0;
}

/**
 * Production's file and the general one: the latter alone where it includes the former, both where production's holds
 * only what comes on top (it includes nothing, and lacks most of the other's packages).
 */
function together(files: RepoFiles, [own = '', general]: readonly string[]): readonly string[] {
  if (general === undefined) return [own];
  const first = requirementsTree(files, own).install;
  const second = requirementsTree(files, general).install;
  if (second.files.includes(own)) return [general];

  const names = Object.keys(second.declared);
  const shared = names.filter(name => Object.hasOwn(first.declared, name));
  const isAddition = first.files.length === 1 && shared.length * 2 < names.length;
  return isAddition ? [general, own] : [own];
}

export default manifest;
