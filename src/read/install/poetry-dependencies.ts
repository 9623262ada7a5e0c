import { isProductionGroup } from './production-group.ts';
import { normalName, requirementOf } from './requirements.ts';
import { type Table, tableAt, textAt, textsAt } from './toml.ts';
import { pep440Range, pythonMarker } from './version-range.ts';
import { type Dependency, dependencyOf } from './written-dependency.ts';

/** What a Poetry project needs in production, as its pyproject.toml says; undefined when Poetry is not used. Optional ones are not wanted. */
export function poetryDependencies(pyproject: Table | undefined): readonly Dependency[] | undefined {
  const poetry = tableAt(pyproject, 'tool', 'poetry');
  if (poetry === undefined) return undefined;

  const groups = tableAt(poetry, 'group');
  const tables = [
    tableAt(poetry, 'dependencies'),
    ...Object.keys(groups ?? {})
      .filter(name => isProductionGroup(name) || name === 'main')
      .map(name => tableAt(groups, name, 'dependencies')),
  ];
  const own = tables.flatMap(table => Object.entries(table ?? {}).flatMap(([name, written]) => entries(name, written)));
  const named = new Set(own.map(({ name }) => name));
  return [...standard(pyproject).filter(({ name }) => !named.has(name)), ...own];
}

/** The constraints of each dependency on others, as both pyproject.toml and poetry.lock write them. */
export function variants(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : [written];
}

/** The condition that one variant stands under. */
export function variantMarkers(written: unknown): readonly string[] {
  const table = tableOf(written);
  const python = textAt(table, 'python');
  const platform = textAt(table, 'platform');
  return [
    textAt(table, 'markers') ?? '',
    python === undefined ? '' : pythonMarker(python),
    platform === undefined ? '' : `sys_platform == "${platform}"`,
  ].filter(each => each !== '');
}

function entries(name: string, written: unknown): readonly Dependency[] {
  if (name.toLowerCase() === 'python') return [];
  return variants(written)
    .filter(each => tableOf(each).optional !== true)
    .flatMap(each => dependencyOf(name, each, pep440Range, variantMarkers(each)) ?? []);
}

/** Poetry 2 keeps the plain ones in `[project]`. */
function standard(pyproject: Table | undefined): readonly Dependency[] {
  return textsAt(tableAt(pyproject, 'project'), 'dependencies')
    .flatMap(each => requirementOf(each) ?? [])
    .map(({ name, specifier, text }) => ({ kind: 'package', name: normalName(name), specifier, text }));
}

function tableOf(written: unknown): Table {
  return written !== null && typeof written === 'object' ? (written as Table) : {};
}
