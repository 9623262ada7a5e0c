import type { Install } from '../../model/install.ts';
import type { Place, Problem, Profile } from '../../model/profile.ts';
import type { ParsePython, RepoFiles } from '../../model/repo-files.ts';
import { installChoice } from '../install/choice.ts';
import type { App } from './app.ts';
import { buildClaim, unbuiltClaim } from './build.ts';
import type { Claim } from './claim.ts';
import { databaseClaim } from './database.ts';
import { environmentClaim } from './environment.ts';
import { healthClaim } from './health.ts';
import { initCommandsClaim } from './init-commands.ts';
import { type Served, servedBy } from './listening.ts';
import { loadedFrom } from './loaded.ts';
import { migrationsClaim } from './migrations.ts';
import { needsClaim } from './needs.ts';
import type { ProblemSource } from './problem.ts';
import { all as problemSources } from './problems/_all.gen.ts';
import { processesClaim } from './processes.ts';
import { pythonClaim } from './python-version.ts';
import type { RankedEntry } from './rank.ts';
import { rootOf } from './root.ts';
import { routesOf } from './routes.ts';
import { repositoryOf, type Scope } from './scope.ts';
import { servicesClaim } from './services.ts';
import { stateClaim } from './state.ts';
import { staticClaim } from './static.ts';
import { systemPackages } from './system-packages.ts';
import { workerClassClaim } from './worker-class.ts';

export interface ProfileOptions {
  /** The name that the app goes by. */
  readonly app: string;
  /** The sub-folder to look at; without it the app is looked for. */
  readonly root?: string;
}

/** What a repository is and how its packages get installed, with the evidence. Reads texts only; runs nothing of the app. */
export function profileOf(
  files: RepoFiles,
  parse: ParsePython,
  options: ProfileOptions,
): { readonly profile: Profile; readonly install: Install } {
  const { scope, entries, problems, own } = rootOf(repositoryOf(files, parse), options.root);
  const entry = entries[0];
  const choice = installChoice(scope, packageFolder(entry));
  const loaded =
    own === undefined
      ? loadedFiles(scope, entry)
      : loadedFrom(scope, own.path === undefined ? scope.paths : [own.path]);
  const app: App = { scope, entry, install: choice.install, loaded };
  const served = own === undefined ? undefined : servedBy(scope, own);
  const claims = claimsOf(app, served);

  const profile: Profile = {
    schema: 1,
    app: options.app,
    root: scope.root,
    framework: entry?.callable?.framework ?? (entry === undefined && own === undefined ? null : 'other'),
    entry: entry?.entry ?? null,
    candidates: entries.map(({ entry: name, evidence }) => ({ entry: name, evidence })),
    evidence: evidence({
      ...claims,
      entry: { value: entry, evidence: entry?.evidence },
      dependencies: { value: null, evidence: choice.evidence },
    }),
    python: claims.python.value,
    dependencies: dependenciesOf(choice.install),
    install: { project: choice.install.projects.length > 0, system: systemPackages(choice.install) },
    migrations: claims.migrations.value,
    initCommands: claims.initCommands.value,
    database: claims.database.value,
    environment: claims.environment.value,
    listens: claims.listens.value,
    processes: claims.processes.value,
    static: claims.static.value,
    build: claims.build.value,
    unbuilt: claims.unbuilt.value,
    health: claims.health.value,
    routes: claims.routes.value,
    services: claims.services.value,
    state: claims.state.value,
    needs: claims.needs.value,
    worker_class: claims.worker_class.value,
    problems: [
      ...problems,
      ...choice.problems,
      ...foundProblems(app),
      ...Object.values(claims).flatMap(claim => claim.problems ?? []),
    ],
  };
  return { profile, install: choice.install };
}

function claimsOf(app: App, served: Served | undefined) {
  const listens: Claim<Profile['listens']> = {
    value: served?.listens ?? null,
    evidence: served?.evidence,
    problems: served?.problems ?? [],
  };
  const environment = withoutPort(environmentClaim(app), listens.value);
  const database = databaseClaim(app, environment.value);
  const routes = routesOf(app);
  const needs = needsClaim(app);
  const files = staticClaim(app);
  const state = stateClaim(app);
  const unbuilt = unbuiltClaim(app, { served: files.value, state: state.value });

  return {
    python: pythonClaim(app.scope),
    migrations: migrationsClaim(app),
    initCommands: initCommandsClaim(app),
    database,
    environment,
    listens,
    processes: processesClaim(app, served),
    static: files,
    build: buildClaim(app, unbuilt),
    unbuilt,
    health: healthClaim(routes),
    routes: { value: routes.map(({ path }) => path), evidence: routes[0]?.evidence } as Claim<readonly string[]>,
    services: servicesClaim(app, database.value, database.evidence),
    state,
    needs,
    worker_class: workerClassClaim(app, needs.value),
  };
}

/** A port that decant gives is nothing that somebody else has to set. */
function withoutPort({ value, ...claim }: ReturnType<typeof environmentClaim>, listens: Profile['listens']) {
  const given = listens !== null && 'variable' in listens ? ['PORT', listens.variable] : [];
  return { ...claim, value: value.map(each => (given.includes(each.name) ? { ...each, required: false } : each)) };
}

/** `backend` of "backend.app:app": the package's own manifest is nearer than the one beside it. */
function packageFolder(entry: RankedEntry | undefined): string {
  return /^(\w+)\./.exec(entry?.entry ?? '')?.[1] ?? '.';
}

/** Django names its parts in settings, so there all files count. */
function loadedFiles(scope: Scope, entry: RankedEntry | undefined): readonly string[] {
  const path = entry?.callable?.path;
  const own =
    entry === undefined
      ? undefined
      : scope.sources.flatMap(source => modulePlaces(source, entry.entry)).find(each => scope.has(each));
  if (path === undefined || entry?.callable?.framework === 'django') return scope.paths;
  return loadedFrom(scope, [path, ...(own === undefined ? [] : [own])]);
}

function modulePlaces(source: string, entry: string): readonly string[] {
  const path = (entry.split(':')[0] ?? '').replaceAll('.', '/');
  return [`${source}${path}.py`, `${source}${path}/__init__.py`];
}

function dependenciesOf({ manager, files, pinned, hashes }: Install): Profile['dependencies'] {
  return { manager, files, pinned, hashes };
}

function evidence(claims: Readonly<Record<string, Claim<unknown>>>): Readonly<Record<string, Place>> {
  const known = Object.entries(claims).flatMap(([name, claim]) =>
    claim.evidence === undefined ? [] : [[name, claim.evidence] as const],
  );
  return Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function foundProblems(app: App): readonly Problem[] {
  return problemSources.flatMap((source: ProblemSource) => source.problems(app));
}
