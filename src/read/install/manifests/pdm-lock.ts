import { lockedInstall } from '../locked-install.ts';
import { type Manifest, repositoryPath } from '../manifest.ts';
import { pdmLocked } from '../pdm-lock-graph.ts';
import { requirementOf } from '../requirements.ts';
import { lockVersions, staleLock } from '../stale-lock.ts';
import { tableAt, textsAt, tomlTable } from '../toml.ts';

/** PDM's lock: the versions of all that the project needs in production. Its hashes are not passed on. */
const manifest: Manifest = {
  name: 'pdm.lock',
  kind: 'lock',
  trust: ({ problems }) => (problems.length > 0 ? 5 : 95),
  read(scope) {
    const lock = tomlTable(scope.text('pdm.lock'));
    const file = repositoryPath(scope, 'pdm.lock');
    const source = repositoryPath(scope, 'pyproject.toml');
    if (lock === undefined || file === undefined || source === undefined) return undefined;

    const project = tableAt(tomlTable(scope.text('pyproject.toml')), 'project');
    const wanted = textsAt(project, 'dependencies').flatMap(each => requirementOf(each) ?? []);
    const stale = staleLock(
      { file, place: `${file}:1`, command: 'pdm lock' },
      { file: source, wanted },
      lockVersions(lock),
    );
    const files = [file, ...(project === undefined ? [] : [source])];
    return lockedInstall(scope, { manager: 'pip', files, locked: pdmLocked(lock, wanted) }, stale);
  },
};

export default manifest;
