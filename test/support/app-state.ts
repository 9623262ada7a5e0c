import type { Manifest } from '../../src/model/release.ts';
import type { AppState, Run } from '../../src/model/state.ts';

const manifest: Manifest = {
  schema: 1,
  version: 'v1',
  app: 'shop',
  target: 'local',
  commit: 'c1',
  source: 'c1',
  subject: null,
  ref: null,
  dirty: false,
  root: '.',
  python: '3.12.1',
  venv: 'one',
  env_hash: 'e',
  settings_hash: 's',
  entry: 'app:app',
  migration: null,
  assumed: [],
  static: [],
  environment: [],
  processes: {},
  health: null,
  routes: [],
};

const empty: AppState = {
  schema: 1,
  exists: true,
  live: null,
  previous: null,
  next: 1,
  releases: [],
  runs: [],
  holder: null,
  unfinished: null,
  venvs: [],
  shared: [],
  linked: [],
  databases: [],
  notes: {},
  disk: { bytes: 1e9, inodes: 1e6 },
  keep: null,
};

/** A sealed release; what is not named is like every other one. */
export function sealed(version: string, changes: Partial<Manifest> = {}): Manifest {
  return { ...manifest, version, commit: `c-${version}`, ...changes };
}

/** A run of a release that went live, or that did not. */
export function runOf(version: string, outcome: Run['outcome'] = 'done'): Run {
  return {
    id: `run-${version}`,
    kind: 'deploy',
    version,
    previous: null,
    commit: null,
    by: 'ana',
    at: 0,
    seconds: 1,
    outcome,
    switched: outcome === 'done',
    failure: null,
  };
}

export function appState(changes: Partial<AppState>): AppState {
  return { ...empty, ...changes };
}
