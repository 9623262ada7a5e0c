import { lockedInstall } from '../locked-install.ts';
import { type Manifest, repositoryPath } from '../manifest.ts';
import { poetryDependencies } from '../poetry-dependencies.ts';
import { poetryLocked } from '../poetry-lock-graph.ts';
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
    const stale = staleLock(
      { file, place: `${file}:1`, command: 'poetry lock' },
      { file: source, wanted: (wanted ?? []).map(each => ({ specifier: '', ...each })) },
      lockVersions(lock),
    );
    const files = [file, ...(pyproject === undefined ? [] : [source])];
    return lockedInstall(scope, { manager: 'poetry', files, locked: poetryLocked(lock, wanted) }, stale);
  },
};

export default manifest;
