import { type Manifest, repositoryPath } from '../manifest.ts';
import { requirementsTree } from '../requirements-tree.ts';

const names = [
  'requirements.txt',
  'requirements/prod.txt',
  'requirements/production.txt',
  'requirements/requirements.txt',
  'requirements/main.txt',
  'requirements/base.txt',
  'requirements/common.txt',
  'requirements-prod.txt',
  'requirements_prod.txt',
];

/** pip's requirements files, production's own where there are several. */
const manifest: Manifest = {
  name: 'requirements.txt',
  kind: 'list',
  trust: ({ install }) => (install.pinned ? 80 : 60),
  read(scope) {
    const name = names.find(each => scope.text(each) !== undefined);
    const path = name === undefined ? undefined : repositoryPath(scope, name);
    if (path === undefined) return undefined;

    const { install, problems } = requirementsTree(scope.repository.files, path);
    return { install, problems, evidence: `${path}:1` };
  },
};

export default manifest;
