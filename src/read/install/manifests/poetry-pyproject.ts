import { otherIndexes } from '../locked.ts';
import { emptyInstall, type Manifest, repositoryPath } from '../manifest.ts';
import { poetryDependencies } from '../poetry-dependencies.ts';
import { needsProject } from '../project-need.ts';
import { lineOf, tableAt, tablesAt, textAt, tomlTable } from '../toml.ts';

/** `[tool.poetry.dependencies]` of pyproject.toml. */
const manifest: Manifest = {
  name: 'pyproject.toml (Poetry)',
  kind: 'project',
  trust: () => 66,
  read(scope) {
    const text = scope.text('pyproject.toml');
    const table = tomlTable(text);
    const file = repositoryPath(scope, 'pyproject.toml');
    const own = poetryDependencies(table);
    if (table === undefined || own === undefined || file === undefined) return undefined;
    if (tableAt(table, 'tool', 'poetry', 'dependencies') === undefined) return undefined;

    const packages = own.filter(each => each.kind === 'package');
    const folders = own.flatMap(each => (each.kind === 'project' ? [each.project] : []));
    const sources = tablesAt(tableAt(table, 'tool', 'poetry'), 'source').flatMap(each => textAt(each, 'url') ?? []);
    const install = {
      ...emptyInstall,
      manager: 'poetry' as const,
      files: [file],
      pinned: packages.length > 0 && packages.every(({ specifier }) => /^==[^*,]+$/.test(specifier)),
      packages: packages.map(each => each.text),
      declared: Object.fromEntries(packages.map(({ name, specifier }) => [name, specifier])),
      options: otherIndexes(sources),
      projects: [
        ...folders.map(({ path, editable }) => ({ path: repositoryPath(scope, path) ?? path, editable })),
        ...(needsProject(scope, table) ? [{ path: scope.root, editable: false }] : []),
      ],
    };
    return {
      install,
      evidence: scope.place('pyproject.toml', lineOf(text, /^\[tool\.poetry\.dependencies\]/)),
      problems: [],
    };
  },
};

export default manifest;
