import { join } from 'node:path/posix';
import type { Problem } from '../../model/profile.ts';
import { constructors } from './constructors.ts';
import { homeOf } from './home.ts';
import { isTest } from './ignored.ts';
import { noApp } from './no-app.ts';
import { type OwnServer, ownServer } from './own-server.ts';
import { bestOnce, hasPages, type RankedEntry, rankedEntries } from './rank.ts';
import { type Repository, type Scope, scopeAt } from './scope.ts';
import { templateProblem } from './template.ts';

/** Where the app lives and what can be loaded there. */
export interface Root {
  readonly scope: Scope;
  readonly entries: readonly RankedEntry[];
  readonly problems: readonly Problem[];
  /** The program that serves by itself, where nothing can be loaded. */
  readonly own?: OwnServer;
}

/** The folder that holds the app: the one asked for, else the repository's own, else the only sub-folder with an app. */
export function rootOf(repository: Repository, wanted: string | undefined): Root {
  const found = likelyRoot(repository, wanted);
  const template = /[{%]/.test(found.scope.root) ? templateProblem(repository) : undefined;
  return template === undefined ? found : { scope: scopeAt(repository, '.'), entries: [], problems: [template] };
}

function likelyRoot(repository: Repository, wanted: string | undefined): Root {
  const scope = scopeAt(repository, wanted ?? '.');
  const here = entered({ scope, entries: rankedEntries(scope), problems: [] });
  const own = ownServer(scope);
  if (own !== undefined && own.score > (here.entries[0]?.score ?? 90)) return { scope, entries: [], problems: [], own };
  if (isSure(here) || here.problems.length > 0) return here;

  const below = withPages(appsBelow(scope)).filter(each => here.entries.length === 0 || isSure(each));
  const [first] = below;
  if (below.length === 1 && first !== undefined) return { ...first, problems: [subFolder(first)] };
  if (below.length > 1) return { ...here, problems: [severalApps(below)] };
  if (here.entries.length > 0) return here;
  return own === undefined ? { ...here, problems: [nothingToLoad(scope)] } : { ...here, own };
}

/** A script beside the apps that happens to make one (train.py, a scraper) is not enough. */
function isSure({ entries }: Root): boolean {
  return (entries[0]?.score ?? 0) >= 35;
}

function nothingToLoad(scope: Scope): Problem {
  return (scope.root === '.' ? templateProblem(scope.repository) : undefined) ?? noApp(scope);
}

/** A worker's or a script's empty app beside one with pages is no second app. */
function withPages(roots: readonly Root[]): readonly Root[] {
  const real = roots.filter(({ scope, entries }) => entries.some(entry => hasPages(scope, entry)));
  return real.length > 0 ? real : roots;
}

/** A command that runs in a sub-folder moves the root there; commands for several sub-folders are several apps. */
function entered(root: Root): Root {
  const [top] = root.entries;
  if (top?.folder === undefined) return { ...root, entries: root.entries.filter(each => each.folder === undefined) };

  const rivals = root.entries.filter(
    each => each.folder !== undefined && each.source === top.source && each.score > top.score - 10,
  );
  const folders = [...new Set(rivals.flatMap(each => each.folder ?? []))].toSorted();
  const apps = withPages(folders.map(folder => inFolder(root, folder)));
  const [first] = apps;
  if (first === undefined || apps.length === 1) return first ?? root;
  return { ...root, entries: [], problems: [severalApps(apps)] };
}

/** The root in a folder: what was said about it from above, and what stands in it. */
function inFolder(root: Root, folder: string): Root {
  const scope = scopeAt(root.scope.repository, join(root.scope.root, folder));
  const said = root.entries.filter(each => each.folder === folder).map(({ folder: _, ...entry }) => entry);
  const moved = entered({ scope, entries: rankedEntries(scope), problems: [] });
  if (moved.scope.root !== scope.root || moved.problems.length > 0) return { scope, entries: said, problems: [] };
  return { scope, entries: bestOnce([...said, ...moved.entries]), problems: [] };
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
  return outermost([...new Set(homes)].filter(folder => folder !== '.' && !/[{%]/.test(folder)));
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
