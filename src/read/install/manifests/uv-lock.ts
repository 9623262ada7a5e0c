import { dirname, join, relative } from 'node:path/posix';
import type { Scope } from '../../detect/scope.ts';
import { emptyInstall, type Manifest, repositoryPath } from '../manifest.ts';
import { needsProject } from '../project-need.ts';
import { type Requirement, requirementOf } from '../requirements.ts';
import { lockVersions, staleLock } from '../stale-lock.ts';
import { type Table, tableAt, textsAt, tomlTable } from '../toml.ts';
import { lockedPackages } from '../uv-lock-graph.ts';

/** uv's lock: exact versions of all that the project needs in production. Its hashes are not passed on. */
const manifest: Manifest = {
  name: 'uv.lock',
  kind: 'lock',
  trust: ({ problems }) => (problems.length > 0 ? 5 : 100),
  read(scope) {
    const home = lockFolder(scope);
    const pyproject = repositoryPath(scope, 'pyproject.toml');
    if (home === undefined || pyproject === undefined || scope.text('pyproject.toml') === undefined) return undefined;

    const lock = join(home, 'uv.lock');
    const member = relative(home, scope.root) || '.';
    const table = tomlTable(scope.repository.files.text(lock));
    const locked = table === undefined ? undefined : lockedPackages(table, member);
    if (locked === undefined) return undefined;

    const { requirements, folders, declared, options } = locked;
    const own = needsProject(scope, tomlTable(scope.text('pyproject.toml')) ?? {});
    const projects = folders
      .filter(({ path }) => path !== member || own)
      .map(({ path, editable }) => ({ path: join(home, path), editable }));
    const install = {
      ...emptyInstall,
      manager: 'uv' as const,
      files: [lock, pyproject],
      pinned: true,
      packages: requirements,
      declared,
      options,
      projects,
    };
    const stale = staleLock(
      { file: lock, place: `${lock}:1`, command: 'uv lock' },
      { file: pyproject, wanted: wanted(tomlTable(scope.text('pyproject.toml'))) },
      lockVersions(table ?? {}),
    );
    return { install, evidence: `${lock}:1`, problems: stale === undefined ? [] : [stale] };
  },
};

function wanted(pyproject: Table | undefined): readonly Requirement[] {
  return textsAt(tableAt(pyproject, 'project'), 'dependencies').flatMap(each => requirementOf(each) ?? []);
}

/** Here, or above: a workspace has one lock for all its members. */
function lockFolder(scope: Scope): string | undefined {
  const folders = [scope.root];
  for (let folder = scope.root; folder !== '.'; folder = dirname(folder)) folders.push(dirname(folder));
  return folders.find(folder => scope.repository.files.text(join(folder, 'uv.lock')) !== undefined);
}

export default manifest;
