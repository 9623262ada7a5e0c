import { dirname } from 'node:path/posix';
import { importedModule, modulePath } from '../python/project.ts';
import type { Scope } from './scope.ts';

/** The files that are loaded when `starts` are imported, found in the lines of import and in names of modules in strings. */
export function loadedFrom(scope: Scope, starts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = [...starts];

  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path) || !scope.has(path)) continue;
    found.add(path);
    queue.push(...packagesAbove(path), ...importsOf(scope, path));
  }
  return scope.paths.filter(path => found.has(path));
}

function packagesAbove(path: string): readonly string[] {
  const found: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) found.push(`${folder}/__init__.py`);
  return found;
}

/** Parsing every file would cost a second; a line of import is plain enough. */
function importsOf(scope: Scope, path: string): readonly string[] {
  const text = scope.text(path) ?? '';
  const froms = [...text.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)/gm)].flatMap(
    ([, module = '', names = '']) => [
      module,
      ...names
        .replace(/[()\\]/g, ' ')
        .split(',')
        .map(name => `${module}${module.endsWith('.') ? '' : '.'}${name.trim().split(/\s+/)[0] ?? ''}`),
    ],
  );
  const plain = [...text.matchAll(/^[ \t]*import[ \t]+([^\n#]+)/gm)].flatMap(([, names = '']) =>
    names.split(',').map(name => name.trim().split(/\s+/)[0] ?? ''),
  );
  const strings = [...text.matchAll(/["']([A-Za-z_]\w*(?:\.\w+)+)(?::\w+)?["']/g)].flatMap(([, name = '']) => [
    name,
    name.replace(/\.\w+$/, ''),
  ]);

  const named = [
    ...text.matchAll(/\b(from_object|from_pyfile|import_string|import_module)\(\s*["']([\w./]+?)(?:\.py)?["']/g),
  ].flatMap(([, reader = '', written = '']) => {
    const name = written.replace(/^(\.\.?\/)+/, '').replaceAll('/', '.');
    // A file is looked for beside the package of the app.
    return reader === 'from_pyfile' ? [name, `.${name}`] : [name];
  });

  return [...froms, ...plain, ...strings, ...named].flatMap(name => filesOf(scope, path, name));
}

function filesOf(scope: Scope, path: string, written: string): readonly string[] {
  const name = importedModule(scope, { path }, written);
  const found = name === '' ? undefined : modulePath(scope, name);
  return found === undefined ? [] : [found];
}
