import { basename, dirname } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import type { ParsePython, RepoFiles } from '../../model/repo-files.ts';
import { type PythonModule, pythonModule } from '../python/module.ts';
import type { PythonProject } from '../python/project.ts';
import { isForeign, isTest } from './ignored.ts';

/** A repository looked at from one folder of it: what every detector gets. Paths are relative to `root`. */
export interface Scope extends PythonProject {
  readonly repository: Repository;
  /** "." or a sub-folder. */
  readonly root: string;
  /** Every path of the app, without tests, environments and other people's code. */
  readonly files: readonly string[];
  text(path: string): string | undefined;
  /** Whether a path, or anything below it, is there; tests count. */
  exists(path: string): boolean;
  /** The names of the files right in a folder; tests count. */
  namesIn(folder: string): ReadonlySet<string>;
  /** "path:line" relative to the repository. */
  place(path: string, line: number): Place;
  /** The Python files that contain one of these texts. */
  containing(...needles: readonly string[]): readonly string[];
}

/** The whole repository, with the memory of what was parsed. */
export interface Repository {
  readonly files: RepoFiles;
  readonly paths: readonly string[];
  parsed(path: string): PythonModule | undefined;
  /** The files that were asked for and that no parser takes. */
  unparsed(): readonly string[];
}

/** A repository whose Python files are parsed when asked for, and never twice. */
export function repositoryOf(files: RepoFiles, parse: ParsePython): Repository {
  const modules = new Map<string, PythonModule | undefined>();

  return {
    files,
    paths: files.paths.filter(path => !isForeign(path)),
    parsed(path) {
      if (!modules.has(path)) {
        const text = files.text(path);
        modules.set(path, text === undefined ? undefined : pythonModule(path, text, parse));
      }
      return modules.get(path);
    },
    unparsed: () =>
      [...modules]
        .filter(([path, module]) => module === undefined && files.text(path) !== undefined)
        .map(([path]) => path)
        .toSorted(),
  };
}

/** The repository as seen from a folder. */
export function scopeAt(repository: Repository, root: string): Scope {
  const prefix = root === '.' ? '' : `${root}/`;
  const own = repository.paths.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length));
  const files = own.filter(path => !isTest(path));
  const paths = files.filter(path => path.endsWith('.py'));
  const known = new Set(paths);
  const modules = new Map<string, PythonModule | undefined>();
  const text = (path: string) => repository.files.text(prefix + path);
  let folders: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const namesIn = (folder: string) => {
    folders ??= foldersOf(own);
    return folders.get(folder) ?? nothing;
  };

  return {
    repository,
    root,
    files,
    paths,
    sources: sourcesOf(own, text('pyproject.toml') ?? ''),
    text,
    has: path => known.has(path),
    exists: path => own.some(each => each === path || each.startsWith(`${path}/`)),
    namesIn,
    place: (path, line) => `${prefix}${path}:${line}`,
    containing: (...needles) => paths.filter(path => needles.some(needle => text(path)?.includes(needle) === true)),
    module(path) {
      if (!known.has(path)) return undefined;
      if (!modules.has(path)) {
        const module = repository.parsed(prefix + path);
        modules.set(path, module === undefined ? undefined : { ...module, path });
      }
      return modules.get(path);
    },
  };
}

const nothing: ReadonlySet<string> = new Set();

function foldersOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = dirname(path);
    const names = folders.get(folder) ?? new Set();
    folders.set(folder, names.add(basename(path)));
  }
  return folders;
}

/** A src layout has packages, not one package called src, below `src`, and a project that installs them; a Django project kept in `src` runs there. */
function sourcesOf(paths: readonly string[], pyproject: string): readonly string[] {
  const isLayout = !paths.includes('src/__init__.py') && paths.some(path => /^src\/[^/]+\/__init__\.py$/.test(path));
  const declared = paths.includes('pyproject.toml') || paths.includes('setup.py') || paths.includes('setup.cfg');
  const isRunThere = paths.includes('src/manage.py') || /^package\s*=\s*false/m.test(pyproject);
  return isLayout && declared && !isRunThere ? ['', 'src/'] : [''];
}
