import { type Manifest, repositoryPath } from '../manifest.ts';
import { pipenvInstall } from '../pipenv-install.ts';
import { pipfileDependencies, pipfileIndexes } from '../pipfile-dependencies.ts';
import { normalName } from '../requirements.ts';
import { staleLock } from '../stale-lock.ts';
import { type Table, tableAt, tablesAt, textAt, tomlTable } from '../toml.ts';

/** Pipenv's lock, its section `default`. Its hashes are not passed on. */
const manifest: Manifest = {
  name: 'Pipfile.lock',
  kind: 'lock',
  trust: ({ problems }) => (problems.length > 0 ? 5 : 95),
  read(scope) {
    const lock = jsonTable(scope.text('Pipfile.lock'));
    const file = repositoryPath(scope, 'Pipfile.lock');
    const source = repositoryPath(scope, 'Pipfile');
    if (lock === undefined || file === undefined || source === undefined) return undefined;

    const pipfile = tomlTable(scope.text('Pipfile'));
    const section = tableAt(lock, 'default') ?? {};
    const stale = staleLock(
      { file, place: `${file}:1`, command: 'pipenv lock' },
      {
        file: source,
        wanted: pipfileDependencies(tableAt(pipfile, 'packages')).map(each => ({ specifier: '', ...each })),
      },
      new Map(Object.entries(section).map(([name, written]) => [normalName(name), [versionOf(written)]])),
    );
    const install = pipenvInstall(
      scope,
      [file, ...(pipfile === undefined ? [] : [source])],
      pipfileDependencies(section),
      pipfileIndexes(tablesAt(tableAt(lock, '_meta'), 'sources')),
    );
    return {
      install: { ...install, pinned: true },
      evidence: `${file}:1`,
      problems: stale === undefined ? [] : [stale],
    };
  },
};

function versionOf(written: unknown): string {
  return (textAt(written as Table, 'version') ?? '').replace(/^==/, '');
}

function jsonTable(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Table) : undefined;
  } catch {
    return undefined;
  }
}

export default manifest;
