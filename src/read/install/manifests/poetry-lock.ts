import type { Scope } from '../../detect/scope.ts';
import { emptyInstall, type Manifest, repositoryPath } from '../manifest.ts';
import { poetryDependencies } from '../poetry-dependencies.ts';
import { poetryLocked } from '../poetry-lock-graph.ts';
import { needsProject } from '../project-need.ts';
import { lockVersions, staleLock } from '../stale-lock.ts';
import { tomlTable } from '../toml.ts';

/** Poetry's lock: the versions of all that the project needs in production. Its hashes are not passed on. */
const manifest: Manifest = {
  name: 'poetry.lock',
  kind: 'lock',
  trust: ({ problems }) => (problems.length > 0 ? 5 : 95),
  read(scope) {
    const lock = tomlTable(scope.text('poetry.lock'));
    const file = repositoryPath(scope, 'poetry.lock');
    const source = repositoryPath(scope, 'pyproject.toml');
    if (lock === undefined || file === undefined || source === undefined) return undefined;

    const pyproject = tomlTable(scope.text('pyproject.toml'));
    const wanted = poetryDependencies(pyproject);
    const { requirements, folders, declared, options } = poetryLocked(lock, wanted);
    const stale = staleLock(
      { file, place: `${file}:1`, command: 'poetry lock' },
      { file: source, wanted: (wanted ?? []).map(each => ({ specifier: '', ...each })) },
      lockVersions(lock),
    );
    const install = {
      ...emptyInstall,
      manager: 'poetry' as const,
      files: [file, ...(pyproject === undefined ? [] : [source])],
      pinned: true,
      packages: requirements,
      declared,
      options,
      projects: [
        ...folders.map(({ path, editable }) => ({ path: repositoryPath(scope, path) ?? path, editable })),
        ...ownProject(scope),
      ],
    };
    return { install, evidence: `${file}:1`, problems: stale === undefined ? [] : [stale] };
  },
};

function ownProject(scope: Scope): readonly { readonly path: string; readonly editable: boolean }[] {
  return needsProject(scope, tomlTable(scope.text('pyproject.toml')) ?? {})
    ? [{ path: scope.root, editable: false }]
    : [];
}

export default manifest;
