import type { Problem } from '../../../model/profile.ts';
import { type CondaEnvironment, condaEnvironment } from '../conda-environment.ts';
import { condaFile } from '../conda-file.ts';
import { type Manifest, repositoryPath } from '../manifest.ts';
import { requirementsTree } from '../requirements-tree.ts';

/** conda's environment.yml: its pip part, and those of its packages that an index has under the same name. */
const manifest: Manifest = {
  name: 'environment.yml',
  kind: 'list',
  trust: () => 40,
  read(scope) {
    const name = condaFile(scope);
    const file = name === undefined ? undefined : repositoryPath(scope, name);
    const environment = condaEnvironment(scope.text(name ?? ''));
    if (name === undefined || file === undefined || environment === undefined) return undefined;

    const { files } = scope.repository;
    const lines = requirementsOf(scope.text(name) ?? '', environment);
    const asRequirements = { paths: files.paths, text: (path: string) => (path === file ? lines : files.text(path)) };
    const { install, problems } = requirementsTree(asRequirements, file);
    return { install, evidence: `${file}:1`, problems: [...said(file, environment), ...problems] };
  },
};

/** The environment as a requirements file, each requirement on its own line of the source. The mark in front keeps it from being given to an installer as it lies there. */
function requirementsOf(source: string, { taken, pip }: CondaEnvironment): string {
  const lines = source.split(/\r?\n/).map(() => '');
  const entries = [...taken, ...pip.map(each => ({ written: each, requirement: each }))];
  for (const { written, requirement } of entries) {
    const at = source.split(/\r?\n/).findIndex((line, index) => lines[index] === '' && isEntry(line, written));
    if (at === -1) lines.push(requirement);
    else lines[at] = requirement;
  }
  return `\uFEFF${lines.join('\n')}`;
}

function isEntry(line: string, written: string): boolean {
  const entry = /^\s*-\s*["']?(.*)$/.exec(line)?.[1];
  return entry?.startsWith(written) === true && !/^[\w.-]/.test(entry.slice(written.length));
}

function said(file: string, { taken, left }: CondaEnvironment): readonly Problem[] {
  if (taken.length + left.length === 0) return [];
  const names = (all: readonly string[]) => (all.length === 0 ? 'nothing' : all.join(', '));
  const message = `${file} is conda's, and decant installs with pip. Of conda's packages it takes from the index: ${names(taken.map(({ requirement }) => requirement))}. Left out, as conda's own or the system's: ${names(left)}.`;
  return [{ id: 'conda-packages', message, place: `${file}:1` }];
}

export default manifest;
