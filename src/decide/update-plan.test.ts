import { describe, expect, it } from 'vitest';
import { appState, runOf, sealed } from '../../test/support/app-state.ts';
import { layout } from '../base/layout.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Profile } from '../model/profile.ts';
import type { KeptProcess } from '../model/state.ts';
import { deployPlan } from './deploy-plan.ts';
import { noRemedies } from './remedies.ts';

const profile: Profile = {
  schema: 1,
  app: 'shop',
  root: '.',
  framework: 'flask',
  entry: 'shop:create_app()',
  candidates: [],
  evidence: {},
  python: { requires: null, source: null },
  dependencies: { manager: 'pip', files: ['requirements.txt'], pinned: true, hashes: false },
  install: { project: false, system: [] },
  migrations: { tool: 'flask-migrate', command: 'flask db upgrade', folder: 'migrations' },
  initCommands: [],
  database: { kind: 'sqlite', variable: 'DATABASE_URL' },
  environment: [],
  listens: null,
  processes: { worker: 'celery -A shop worker', beat: 'celery -A shop beat' },
  static: [],
  build: [],
  unbuilt: [],
  health: '/health',
  routes: ['/'],
  services: [],
  state: [{ path: 'instance', kind: 'folder', evidence: 'shop/__init__.py:9' }],
  needs: { websocket: false, gevent: false, singleProcess: false },
  worker_class: 'gthread',
  problems: [],
};

const kept = (process: string, kind: KeptProcess['kind']): KeptProcess => ({
  name: `v1:${process}`,
  release: 'v1',
  process,
  kind,
  pid: 7,
  started: 0,
  state: 'running',
  restarts: 0,
  exit: null,
  memory_bytes: null,
  log: '/state/apps/shop/logs/v1/web.log',
});

const live = appState({
  live: 'v1',
  next: 2,
  releases: [sealed('v1')],
  runs: [runOf('v1')],
  venvs: ['venv'],
  shared: ['instance', 'instance/shop.db'],
  databases: [{ path: 'instance/shop.db', tables: 3, revision: 'a1' }],
  notes: { 'migrated.old': 'v1' },
  keep: {
    pid: 1,
    started: 0,
    version: 'r',
    host: '127.0.0.1',
    port: 8000,
    front: { pid: 2, started: 0, file: 'f.mjs', state: 'running', restarts: 0 },
    processes: [kept('web', 'web'), kept('worker', 'worker'), kept('beat', 'scheduler')],
  },
});

function deployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    kind: 'deploy',
    app: 'shop',
    target: 'local',
    by: 'ana@local',
    layout: layout('/state/apps/shop', '/tmp/decant-1/x'),
    host: {
      home: '/state',
      node: '/usr/bin/node',
      front: '/state/apps/shop/front/f.mjs',
      runner: '/state/apps/shop/runner/r.pyz',
      python: '/usr/bin/python3',
      uv: { path: '/usr/bin/uv', version: '0.13.8', installed: true, installer: null },
    },
    address: { host: '127.0.0.1', port: 8000 },
    state: live,
    version: 'v2',
    source: { commit: 'abc', original: 'abc', subject: null, ref: null, dirty: false, bundle: null, describe: null },
    profile,
    install: {
      manager: 'pip',
      files: [],
      pinned: true,
      hashes: false,
      requirements: [],
      constraints: [],
      packages: [],
      declared: {},
      options: [],
      projects: [],
    },
    python: { path: '/usr/bin/python3', version: '3.12.1', platform: 'linux-x86_64', pip: true, ensurepip: true },
    venv: { hash: 'venv', manifests: 'manifests', additions: [], raised: [], settings: {}, remedies: noRemedies },
    environment: { SECRET_KEY: 'geheim' },
    config: '{}',
    gunicornConf: null,
    tuning: {},
    generated: [],
    watchSeconds: 2,
    gateSeconds: null,
    migrationHash: 'new',
    assumed: [],
    ...changes,
  } as Deployment;
}

const ids = (changes: Partial<Deployment> = {}) => deployPlan(deployment(changes)).plan.steps.map(step => step.id);
const inOrder = (list: readonly string[], ...wanted: readonly string[]) =>
  expect(list.filter(id => wanted.includes(id))).toEqual(wanted);

describe('an update with a pending migration on SQLite', () => {
  it('stops workers, holds visitors, copies, migrates, and lets them go before the new release starts', () => {
    inOrder(
      ids(),
      'snapshot.stop:v1-worker',
      'snapshot.stop:v1-beat',
      'snapshot.hold',
      'snapshot.copy:1',
      'migrate.run',
      'migrate.unhold',
      'start.web',
    );
  });

  it('puts the copy back only until the new release has been started', () => {
    const step = deployPlan(deployment()).plan.steps.find(({ id }) => id === 'migrate.run');
    expect(step).toMatchObject({
      undoUntil: 'start',
      undo: [{ do: 'restore', database: '/state/apps/shop/shared/instance/shop.db' }],
    });
  });

  it('notes the hash, so that the next deploy skips a no-op', () => {
    expect(deployPlan(deployment()).plan.steps.find(({ id }) => id === 'migrate.note')?.action).toEqual({
      do: 'note',
      name: 'migrated.new',
      value: 'v2',
    });
  });

  it('takes the note back until the new release has been started: new state is taken back then too', () => {
    const first = deployPlan(deployment({ state: appState({}) })).plan.steps;
    expect(first.find(({ id }) => id === 'migrate.note')).toMatchObject({
      undoUntil: 'start',
      undo: [{ do: 'note', name: 'migrated.new', value: null }],
    });
  });
});

describe('an update without one', () => {
  it('neither holds nor copies nor migrates', () => {
    const list = ids({ migrationHash: 'old' });
    expect(list.filter(id => /^(?:snapshot|migrate)\./.test(id))).toEqual([]);
  });

  it('uses the environment that is there', () => {
    expect(ids({ migrationHash: 'old' })).not.toContain('build.install');
  });
});

describe('after a rollback over a migration', () => {
  it('older migrations are not pending: the database is beyond them', () => {
    const state = { ...live, notes: { 'migrated.old': 'v1', 'migrated.new': 'v2' } };
    expect(ids({ state, migrationHash: 'old', kind: 'restart' })).not.toContain('migrate.run');
  });

  it('a release command is pending only when code or environment differ from the live release', () => {
    const released = { ...profile, migrations: { tool: 'release' as const, command: './release.sh', folder: null } };
    const state = { ...live, releases: [sealed('v1', { migration: { tool: 'release', hash: 'same' } })] };
    expect(ids({ state, profile: released, migrationHash: 'same' })).not.toContain('migrate.run');
    expect(ids({ state, profile: released, migrationHash: 'other' })).toContain('migrate.run');
  });
});

describe('a change of schema on a database server', () => {
  it('migrates without a hold: the server has its own transactions', () => {
    const list = ids({ profile: { ...profile, database: { kind: 'postgresql', variable: 'DATABASE_URL' } } });
    expect(list).toContain('migrate.run');
    expect(list).not.toContain('snapshot.hold');
  });
});

describe('workers and schedulers', () => {
  it('stop the old scheduler before the new one starts, and the old worker after the new one lives', () => {
    inOrder(
      ids({ migrationHash: 'old' }),
      'workers.stop:beat',
      'workers.start:beat',
      'workers.start:worker',
      'workers.alive:beat',
      'workers.alive:worker',
      'workers.stop:worker',
    );
  });

  it('are started again when the release has to be taken back', () => {
    const step = deployPlan(deployment({ migrationHash: 'old' })).plan.steps.find(
      ({ id }) => id === 'workers.stop:worker',
    );
    expect(step?.undo).toMatchObject([
      { do: 'process', change: 'start', name: 'v1:worker', spec: '/state/apps/shop/releases/v1/processes/worker.json' },
    ]);
  });
});

describe('an app that is its own server', () => {
  const own = (port: number): Partial<Deployment> => ({
    profile: { ...profile, entry: null, processes: { web: 'python server.py' }, listens: { port } },
    migrationHash: 'old',
  });
  const liveOn = (port: number) => ({ ...live, releases: [sealed('v1', { listens: { port }, health: '/health' })] });
  const stepOf = (changes: Partial<Deployment>, wanted: string) =>
    deployPlan(deployment(changes)).plan.steps.find(({ id }) => id === wanted);

  it('gets a relay, and neither gunicorn nor an import of an entry', () => {
    const { plan, blobs } = deployPlan(deployment({ ...own(9000), state: appState({}) }));
    const list = plan.steps.map(({ id }) => id);
    expect(list).not.toContain('build.gunicorn');
    expect(list).not.toContain('migrate.import');
    const spec = Object.values(blobs).find(text => text.includes('"v2:web"'));
    expect(JSON.parse(spec ?? '{}').argv.join(' ')).toMatch(
      /^\/usr\/bin\/python3 -I -S \S+r\.pyz relay --socket \S+v2\/app\.sock --port 9000 .* -- python server\.py$/,
    );
  });

  it('ends before the next one begins where both insist on one port, while visitors are held', () => {
    const changes = { ...own(9000), state: liveOn(9000) };
    inOrder(
      ids(changes),
      'start.hold',
      'start.stop-old',
      'start.web',
      'gate.http',
      'switch.live',
      'switch.unhold',
      'drain.old',
    );
    expect(stepOf(changes, 'start.hold')).toMatchObject({
      action: { do: 'hold', seconds: 10 },
      undo: [{ do: 'unhold' }],
    });
    expect(stepOf(changes, 'gate.http')?.action).not.toHaveProperty('check.baseline');
    expect(stepOf(changes, 'gate.http')?.action).toHaveProperty('check.ends', 1);
  });

  it('answers again before visitors are let through, if the next one fails', () => {
    const changes = { ...own(9000), state: liveOn(9000) };
    expect(stepOf(changes, 'start.stop-old')?.undo).toMatchObject([
      { do: 'process', change: 'start', name: 'v1:web' },
      { do: 'wait', check: { probe: 'http', socket: '/tmp/decant-1/x/v1/app.sock', process: 'v1:web' } },
    ]);
    expect(stepOf(changes, 'switch.unhold')?.undo).toMatchObject([{ do: 'hold' }]);
  });

  it('goes on beside the next one where their ports differ', () => {
    expect(ids({ ...own(9000), state: liveOn(9001) })).not.toContain('start.hold');
    expect(ids({ ...own(9000), state: live })).not.toContain('start.hold');
  });

  it('that was stopped is not started by the undo', () => {
    const stopped = { ...liveOn(9000), keep: null, runs: [runOf('v1'), { ...runOf('v1'), kind: 'stop' }] };
    expect(ids({ ...own(9000), state: stopped })).not.toContain('start.stop-old');
  });
});

describe('secrets', () => {
  it('stand in blobs, written 0600, and never in the plan', () => {
    const { plan, blobs } = deployPlan(deployment());
    const write = plan.steps.find(({ id }) => id === 'build.env')?.action;

    expect(JSON.stringify(plan)).not.toContain('geheim');
    expect(write).toMatchObject({ do: 'write', mode: '0600' });
    expect(Object.values(blobs).join()).toContain('geheim');
  });
});
