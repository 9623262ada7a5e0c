import { normalize } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { Place, Problem, Profile, StatePath } from '../../model/profile.ts';
import { type Config, type Origin, originOf } from './config.ts';

export interface Detected {
  readonly profile: Profile;
  readonly install: Install;
}

export interface Configured extends Detected {
  /** Claims of the profile that somebody decided, and where: "entry" → decant.yaml:4. */
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * What was detected, with what somebody said laid over it. Lists of `static` and `state` are added to those found,
 * processes are merged by name, everything else replaces. `root` is not laid over: it decides where to look, so it
 * has to be given to `profileOf` before. `config` comes from `settings`, which knows flags and variables too.
 */
export function configured(detected: Detected, config: Config): Configured {
  const parts = Object.values(overlays).map(overlay => overlay(detected.profile, config));
  const profile: Profile = Object.assign({}, detected.profile, ...parts);
  const origins = claimOrigins(config);
  const places = Object.fromEntries(Object.entries(origins).map(([claim, { place }]) => [claim, place]));

  return {
    profile: {
      ...profile,
      evidence: { ...profile.evidence, ...places },
      problems: profile.problems.filter(problem => !isSolved(problem, profile, config)),
    },
    install: detected.install,
    origins,
  };
}

type Overlay = (profile: Profile, config: Config) => Partial<Profile>;

/** What each key of the configuration changes. */
const overlays: Readonly<Record<string, Overlay>> = {
  app: (_, { values }) => (values.app === undefined ? {} : { app: values.app }),
  python: (_, config) => {
    const { python } = config.values;
    return python === undefined ? {} : { python: { requires: specifier(python), source: place(config, 'python') } };
  },
  entry: (profile, config) => {
    const { entry } = config.values;
    if (entry === undefined) return {};
    const others = profile.candidates.filter(candidate => candidate.entry !== entry);
    return {
      entry,
      framework: profile.framework ?? 'other',
      candidates: [{ entry, evidence: place(config, 'entry') }, ...others],
    };
  },
  listens: ownServer,
  health: (_, { values }) => (values.health === undefined ? {} : { health: values.health }),
  release: (_, { values: { release } }) => {
    if (release === undefined) return {};
    return { migrations: release === null ? null : { tool: 'release', command: release, folder: null } };
  },
  processes: (profile, { values }) => ({ processes: processes(profile, values) }),
  static: (profile, { values }) =>
    values.static === undefined ? {} : { static: staticFolders(profile, values.static) },
  state: (profile, config) => (config.values.state === undefined ? {} : { state: statePaths(profile, config) }),
  build: (_, { values }) => (values.build === undefined ? {} : { build: values.build }),
  worker_class: (_, { values }) => (values.worker_class === undefined ? {} : { worker_class: values.worker_class }),
};

/** An entry is served by gunicorn; what somebody says of the app's own server is stronger than an entry that was found. */
function ownServer(profile: Profile, { values }: Config): Partial<Profile> {
  if (values.entry !== undefined) return { listens: null };
  const { web } = processes(profile, values);
  if (web === undefined) return {};

  const { listens } = values;
  if (listens !== undefined)
    return { entry: null, listens: typeof listens === 'number' ? { port: listens } : { variable: listens } };
  const isTold = values.processes?.web != null && profile.entry === null && /\$\{?PORT\b/.test(web);
  return isTold ? { listens: { variable: 'PORT' } } : {};
}

/** The claims of a profile, where they are not called like their key. */
const claims: Readonly<Record<string, string>> = { release: 'migrations' };

function claimOrigins(config: Config): Record<string, Origin> {
  return Object.fromEntries(
    ['root', ...Object.keys(overlays)].flatMap(key => {
      const origin = originOf(config, key);
      return origin === undefined ? [] : [[claims[key] ?? key, origin]];
    }),
  );
}

const noApp = /^(?:no-app|several-apps|no-entry|entry-|tcp-only)/;

/** Problems that a key answers; without it they stand. */
const solutions: readonly { readonly key: 'entry' | 'root' | 'python' | 'worker_class'; readonly problem: RegExp }[] = [
  { key: 'entry', problem: noApp },
  { key: 'root', problem: /^several-apps$/ },
  { key: 'python', problem: /^python-/ },
  { key: 'worker_class', problem: /^worker-class$/ },
];

function isSolved(problem: Problem, { listens }: Profile, { values }: Config): boolean {
  if (listens !== null && noApp.test(problem.id)) return true;
  return solutions.some(({ key, problem: pattern }) => values[key] !== undefined && pattern.test(problem.id));
}

function place(config: Config, key: string): Place {
  return originOf(config, key)?.place ?? config.path ?? 'decant.yaml';
}

/** "3.12" is any 3.12, as PEP 440 says it. */
function specifier(python: string): string {
  if (/^3\.\d+$/.test(python)) return `==${python}.*`;
  return /^\d/.test(python) ? `==${python}` : python;
}

/** Procfile's `release` line goes with the command that replaces it, and an app's own server with the entry that does. */
function processes(
  profile: Profile,
  { processes: given = {}, release, entry }: Config['values'],
): Record<string, string> {
  const { web, ...others } = profile.processes;
  const isReplaced = web === undefined || (entry !== undefined && profile.listens !== null);
  const all = Object.entries({ ...(isReplaced ? {} : { web }), ...others, ...given });
  return Object.fromEntries(
    all.filter(
      (entry): entry is [string, string] => entry[1] !== null && !(entry[0] === 'release' && release !== undefined),
    ),
  );
}

function staticFolders(profile: Profile, given: NonNullable<Config['values']['static']>): Profile['static'] {
  const own = given.map(({ url, path }) => ({ url: trimmed(url), path: relative(path) }));
  return [...own, ...profile.static.filter(found => !own.some(({ url }) => url === trimmed(found.url)))];
}

/** Declared paths before those found; what lies in a folder of the list is kept by that folder already. */
function statePaths(profile: Profile, config: Config): StatePath[] {
  const own = (config.values.state ?? []).map(
    (path, at): StatePath => ({
      path: relative(path),
      kind: path.endsWith('/') ? 'folder' : 'file',
      evidence: place(config, `state.${at}`),
    }),
  );
  const all = [...own, ...profile.state];
  const once = all.filter((each, at) => all.findIndex(({ path }) => path === each.path) === at);
  return once.filter(each => !once.some(({ path, kind }) => kind === 'folder' && each.path.startsWith(`${path}/`)));
}

/** "./uploads/" → "uploads" */
function relative(path: string): string {
  return normalize(path).replace(/(?<=[^/]|^\/)\/+$/, '');
}

function trimmed(url: string): string {
  return url.replace(/(?<=[^/]|^\/)\/+$/, '');
}
