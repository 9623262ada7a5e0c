import { dirname } from 'node:path/posix';
import type { Import, PythonModule } from './module.ts';

/** The Python files that one `sys.path` sees, each parsed at most once. */
export interface PythonProject {
  /** Every file, relative to the folder that the app runs in. */
  readonly paths: readonly string[];
  /** The folders below it that are on the path too: "" and, for a src layout, "src/". */
  readonly sources: readonly string[];
  module(path: string): PythonModule | undefined;
  has(path: string): boolean;
}

/** The file of a dotted module: `a.b` is a/b.py or a/b/__init__.py. */
export function modulePath(project: PythonProject, dotted: string): string | undefined {
  const path = dotted.replaceAll('.', '/');
  const places = project.sources.flatMap(source => [`${source}${path}/__init__.py`, `${source}${path}.py`]);
  return places.find(place => project.has(place));
}

/** The dotted name under which a file is imported. */
export function moduleName(project: PythonProject, path: string): string {
  const source = project.sources.findLast(prefix => path.startsWith(prefix)) ?? '';
  return path
    .slice(source.length)
    .replace(/\.py$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');
}

/** The absolute name of the module that an import names, its leading dots resolved. */
export function importedModule(project: PythonProject, from: Pick<PythonModule, 'path'>, written: string): string {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  if (dots === 0) return written;

  let folder = from.path;
  for (let level = 0; level < dots; level += 1) folder = dirname(folder);
  const base = folder === '.' ? '' : moduleName(project, `${folder}/__init__.py`);
  return [base, written.slice(dots)].filter(part => part !== '').join('.');
}

/** A name of a file as the outside world calls it: `db` from `from flask_sqlalchemy import SQLAlchemy as db` is "flask_sqlalchemy.SQLAlchemy". */
export function qualifiedName(project: PythonProject, from: PythonModule, name: string): string {
  const [first = '', ...rest] = name.split('.');
  const found = from.imports.find(({ alias }) => alias === first) ?? dottedImport(from.imports, name);
  if (found === undefined) return name;

  const module = importedModule(project, from, found.module);
  const own = found.name === null ? [found.alias === found.module ? first : module] : [module, found.name];
  return [...own, ...rest].join('.');
}

/** `import a.b` binds `a`. */
function dottedImport(imports: readonly Import[], name: string): Import | undefined {
  return imports.find(
    ({ alias, name: member }) => member === null && alias.includes('.') && name.startsWith(`${alias}.`),
  );
}
