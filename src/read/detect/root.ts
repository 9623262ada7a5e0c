import { join } from 'node:path/posix';
import type { Problem } from '../../model/profile.ts';
import { constructors } from './constructors.ts';
import { homeOf } from './home.ts';
import { isTest } from './ignored.ts';
import { type RankedEntry, rankedEntries } from './rank.ts';
import { type Repository, type Scope, scopeAt } from './scope.ts';

/** Where the app lives and what can be loaded there. */
export interface Root {
  readonly scope: Scope;
  readonly entries: readonly RankedEntry[];
  readonly problems: readonly Problem[];
}

/** The folder that holds the app: the one asked for, else the repository's own, else the only sub-folder with an app. */
export function rootOf(repository: Repository, wanted: string | undefined): Root {
  const scope = scopeAt(repository, wanted ?? '.');
  const here = entered({ scope, entries: rankedEntries(scope), problems: [] });
  if (here.entries.length > 0) return here;

  const below = appsBelow(scope);
  const [first] = below;
  if (first === undefined) return { ...here, problems: [noApp(scope)] };
  if (below.length === 1) return { ...first, problems: [subFolder(first)] };
  return { ...here, problems: [severalApps(below)] };
}

/** A command that changes the folder first moves the root there. */
function entered(root: Root): Root {
  const folder = root.entries[0]?.folder;
  if (folder === undefined) return root;

  const entries = root.entries.filter(entry => entry.folder === folder);
  return { ...root, scope: scopeAt(root.scope.repository, join(root.scope.root, folder)), entries };
}

function appsBelow(scope: Scope): readonly Root[] {
  const real = foldersWithApps(scope);
  const folders = real.length > 0 ? real : sampleFolders(scope);
  return folders
    .map(folder => scopeAt(scope.repository, join(scope.root, folder)))
    .map(below => entered({ scope: below, entries: rankedEntries(below), problems: [] }))
    .filter(({ entries }) => entries.length > 0);
}

function foldersWithApps(scope: Scope): readonly string[] {
  const homes = scope.containing(...constructors, 'DJANGO_SETTINGS_MODULE').map(path => homeOf(scope, path));
  return outermost([...new Set(homes)].filter(folder => folder !== '.'));
}

/** In a repository that is a library, the apps are its examples. */
function sampleFolders(scope: Scope): readonly string[] {
  const prefix = scope.root === '.' ? '' : `${scope.root}/`;
  const manifests = scope.repository.paths
    .filter(path => path.startsWith(prefix))
    .map(path => path.slice(prefix.length))
    .filter(
      path =>
        isTest(path) &&
        /^(examples?|samples?)\/.+\/(requirements\.txt|pyproject\.toml|Procfile|manage\.py)$/.test(path),
    )
    .map(path => path.replace(/\/[^/]*$/, ''));
  return outermost([...new Set(manifests)]);
}

function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter(folder => !folders.some(other => folder.startsWith(`${other}/`))).toSorted();
}

function subFolder(root: Root): Problem {
  const place = root.entries[0]?.evidence;
  const message = `The app is in the folder ${root.scope.root}; everything runs there.`;
  return { id: 'sub-folder', message, ...(place === undefined ? {} : { place }) };
}

function severalApps(roots: readonly Root[]): Problem {
  return {
    id: 'several-apps',
    fatal: true,
    message: 'Several apps live in this repository. Choose one by its folder.',
    choices: roots.flatMap(({ scope, entries: [first] }) =>
      first === undefined ? [] : [{ folder: scope.root, entry: first.entry, evidence: first.evidence }],
    ),
  };
}

function noApp(scope: Scope): Problem {
  const python = scope.paths.length;
  const message =
    python === 0
      ? 'No Python file was found here, so there is no app to serve.'
      : `No WSGI or ASGI app was found in ${python} Python ${python === 1 ? 'file' : 'files'}: no Procfile, no FLASK_APP, and no module in which Flask, Django or another framework's app is made.`;
  const parametrised = scope.containing('def create_app(', 'def make_app(')[0];
  return {
    id: 'no-app',
    fatal: true,
    message,
    ...(parametrised === undefined ? {} : { place: scope.place(parametrised, 1) }),
  };
}
