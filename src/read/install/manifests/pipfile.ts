import { type Manifest, repositoryPath } from '../manifest.ts';
import { pipenvInstall } from '../pipenv-install.ts';
import { pipfileDependencies, pipfileIndexes } from '../pipfile-dependencies.ts';
import { lineOf, tableAt, tablesAt, tomlTable } from '../toml.ts';

/** Pipenv's `[packages]`, where there is no lock that agrees. */
const manifest: Manifest = {
  name: 'Pipfile',
  kind: 'list',
  trust: () => 58,
  read(scope) {
    const text = scope.text('Pipfile');
    const table = tomlTable(text);
    const file = repositoryPath(scope, 'Pipfile');
    if (table === undefined || file === undefined) return undefined;

    const install = pipenvInstall(
      scope,
      [file],
      pipfileDependencies(tableAt(table, 'packages')),
      pipfileIndexes(tablesAt(table, 'source')),
    );
    return { install, evidence: `${file}:${lineOf(text, /^\[packages\]/)}`, problems: [] };
  },
};

export default manifest;
