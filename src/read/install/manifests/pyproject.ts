import type { Scope } from '../../detect/scope.ts';
import { productionGroups } from '../dependency-groups.ts';
import { emptyInstall, type Manifest, repositoryPath } from '../manifest.ts';
import { needsProject } from '../project-need.ts';
import { requirementOf } from '../requirements.ts';
import { requirementsTree } from '../requirements-tree.ts';
import { lineOf, type Table, tableAt, textsAt, tomlTable } from '../toml.ts';

/** `[project]` of pyproject.toml (PEP 621). */
const manifest: Manifest = {
  name: 'pyproject.toml',
  kind: 'project',
  trust: ({ install }) => (install.pinned ? 75 : Object.keys(install.declared).length > 0 ? 65 : 20),
  read(scope) {
    const text = scope.text('pyproject.toml');
    const table = tomlTable(text);
    const project = tableAt(table, 'project');
    const file = repositoryPath(scope, 'pyproject.toml');
    if (table === undefined || project === undefined || file === undefined) return undefined;

    const declared = [...textsAt(project, 'dependencies'), ...serverExtras(project), ...productionGroups(table)];
    const requirements = declared.flatMap(each => requirementOf(each) ?? []);
    const dynamic = dynamicFiles(table)
      .flatMap(path => repositoryPath(scope, path) ?? [])
      .map(path => requirementsTree(scope.repository.files, path).install);
    const install = {
      ...emptyInstall,
      manager: 'pip' as const,
      files: [file, ...dynamic.flatMap(({ files }) => files)],
      pinned: requirements.length > 0 && requirements.every(({ specifier }) => /^==[^*,]+$/.test(specifier)),
      requirements: dynamic.flatMap(tree => tree.requirements),
      packages: [...requirements.map(each => each.text), ...dynamic.flatMap(({ packages }) => packages)],
      declared: Object.assign(
        {},
        ...dynamic.map(tree => tree.declared),
        Object.fromEntries(requirements.map(each => [each.name, each.specifier])),
      ),
      projects: projects(scope, table),
    };
    return {
      install,
      evidence: scope.place('pyproject.toml', lineOf(text, /^dependencies\b|^\[project\]/)),
      problems: [],
      extras: extrasOf(project),
    };
  },
};

function projects(scope: Scope, table: Table): readonly { readonly path: string; readonly editable: boolean }[] {
  return needsProject(scope, table) ? [{ path: scope.root, editable: false }] : [];
}

function extrasOf(project: Table): Readonly<Record<string, readonly string[]>> {
  const extras = tableAt(project, 'optional-dependencies') ?? {};
  return Object.fromEntries(Object.keys(extras).map(name => [name, textsAt(extras, name)]));
}

/** Extras that are for running the project as a service: by their name, or because they hold a web server. */
function serverExtras(project: Table): readonly string[] {
  const extras = tableAt(project, 'optional-dependencies');
  return Object.keys(extras ?? {})
    .filter(name => serving.test(name) || (!developing.test(name) && textsAt(extras, name).some(isServer)))
    .flatMap(name => textsAt(extras, name));
}

const serving = /^(prod|production|deploy|deployment|server|serve|web)$/;
const developing = /^(all|full|dev|develop|development|docs?|examples?|lint|tests?|testing|typing)([-_].*)?$/i;

function isServer(requirement: string): boolean {
  return /^(gunicorn|hypercorn|uvicorn|waitress|uwsgi)$/i.test(requirementOf(requirement)?.name ?? '');
}

/** setuptools can read the dependencies out of files. */
function dynamicFiles(table: Table): readonly string[] {
  return textsAt(tableAt(table, 'tool', 'setuptools', 'dynamic', 'dependencies'), 'file');
}

export default manifest;
