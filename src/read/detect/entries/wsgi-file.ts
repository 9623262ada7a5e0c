import { type Assignment, callOf, type PythonModule } from '../../python/module.ts';
import { importedModule } from '../../python/project.ts';
import { declaredCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import { inFolders } from '../in-folders.ts';
import type { Scope } from '../scope.ts';

/** mod_wsgi's `site.wsgi` is Python that no server can import by name: what it calls `application` is followed to a real module. */
const source: EntrySource = {
  name: 'mod_wsgi file',
  trust: 70,
  candidates: scope =>
    scope.files
      .filter(path => path.endsWith('.wsgi'))
      .flatMap(path => {
        const module = moduleAt(scope, path);
        return module === undefined ? [] : (candidateIn(scope, module) ?? []);
      }),
};

function moduleAt(scope: Scope, path: string): PythonModule | undefined {
  const prefix = scope.root === '.' ? '' : `${scope.root}/`;
  const module = scope.repository.parsed(prefix + path);
  return module === undefined ? undefined : { ...module, path };
}

function candidateIn(scope: Scope, module: PythonModule): EntryCandidate | undefined {
  const assigned = module.assignments.findLast(({ target, within }) => target === 'application' && within === null);
  const written =
    assigned === undefined ? importedAs(scope, module, 'application') : writtenApp(scope, module, assigned);
  const line = assigned?.line ?? module.imports.find(({ alias }) => alias === 'application')?.line ?? 1;
  const folder = module.path.includes('/') ? module.path.replace(/\/[^/]*$/, '') : undefined;
  if (written === undefined) return undefined;
  return inFolders(scope, folder, home => declaredCandidate(home, written, scope.place(module.path, line)));
}

/** `application = create_app("x")` and `application = app`. */
function writtenApp(scope: Scope, module: PythonModule, { value }: Assignment): string | undefined {
  if (value.type === 'identifier') return importedAs(scope, module, value.text);
  const call = value.type === 'call' ? callOf(value) : undefined;
  const made = call === undefined ? undefined : importedAs(scope, module, call.name);
  return made === undefined ? undefined : `${made}${value.text.slice(call?.name.length)}`;
}

function importedAs(scope: Scope, module: PythonModule, name: string): string | undefined {
  const found = module.imports.find(({ alias, name: member }) => alias === name && member !== null);
  return found === undefined ? undefined : `${importedModule(scope, module, found.module)}:${found.name}`;
}

export default source;
