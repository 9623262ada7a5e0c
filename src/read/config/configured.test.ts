import { describe, expect, test } from 'vitest';
import type { Install } from '../../model/install.ts';
import type { Profile } from '../../model/profile.ts';
import { noConfig } from './config.ts';
import { configured } from './configured.ts';
import { parseConfig } from './parse.ts';

const install: Install = {
  manager: 'pip',
  files: [],
  pinned: false,
  hashes: false,
  requirements: [],
  constraints: [],
  packages: [],
  declared: {},
  options: [],
  projects: [],
};

const profile: Profile = {
  schema: 1,
  app: 'shop',
  root: '.',
  framework: null,
  entry: null,
  candidates: [],
  evidence: { health: 'shop/__init__.py:9', processes: 'Procfile:1' },
  python: { requires: '>=3.9', source: 'pyproject.toml:4' },
  dependencies: { manager: 'pip', files: [], pinned: false, hashes: false },
  install: { project: false, system: [] },
  migrations: { tool: 'flask-migrate', command: 'flask db upgrade', folder: 'migrations' },
  initCommands: [],
  database: null,
  environment: [],
  listens: null,
  processes: {
    web: 'gunicorn shop:app',
    release: 'flask db upgrade',
    worker: 'celery worker',
    clock: 'python clock.py',
  },
  static: [{ url: '/static', path: 'static' }],
  build: ['npm run build'],
  unbuilt: [],
  health: '/health',
  routes: ['/'],
  services: [],
  state: [
    { path: 'instance', kind: 'folder', evidence: 'shop/__init__.py:5' },
    { path: 'data/images', kind: 'folder', evidence: 'shop/upload.py:5' },
  ],
  needs: { websocket: false, gevent: false, singleProcess: false },
  worker_class: 'gthread',
  problems: [
    { id: 'no-app', message: 'No app was found.', fatal: true },
    { id: 'lfs', message: 'Large files are not fetched.', fatal: true },
  ],
};

function overlaid(text: string): Profile {
  return configured({ profile, install }, parseConfig(text, 'decant.yaml')).profile;
}

test('an empty configuration changes nothing', () => {
  expect(configured({ profile, install }, noConfig)).toEqual({ profile, install, origins: {} });
  expect(overlaid('')).toEqual(profile);
});

test('an entry solves that none was found, and nothing else', () => {
  const found = overlaid('app: shop\nentry: shop:app\n');
  expect(found.entry).toBe('shop:app');
  expect(found.candidates).toEqual([{ entry: 'shop:app', evidence: 'decant.yaml:2' }]);
  expect(found.evidence).toEqual({ ...profile.evidence, app: 'decant.yaml:1', entry: 'decant.yaml:2' });
  expect(found.problems.map(({ id }) => id)).toEqual(['lfs']);
});

test.each([
  ['"3.12"', '==3.12.*'],
  ['3.12.4', '==3.12.4'],
  ['">=3.10,<3.13"', '>=3.10,<3.13'],
])('python: %s', (written, requires) =>
  expect(overlaid(`python: ${written}\n`).python).toEqual({ requires, source: 'decant.yaml:1' }),
);

test('null switches off what was detected', () => {
  const off = overlaid('health: null\nrelease: null\nprocesses:\n  clock: null\n  extra: python extra.py\n');
  expect(off.health).toBeNull();
  expect(off.migrations).toBeNull();
  expect(off.processes).toEqual({ web: 'gunicorn shop:app', worker: 'celery worker', extra: 'python extra.py' });
  expect(off.evidence).toMatchObject({
    health: 'decant.yaml:1',
    migrations: 'decant.yaml:2',
    processes: 'decant.yaml:3',
  });
});

test('a release command replaces detected migrations', () => {
  expect(overlaid('release: ./release.sh\n').migrations).toEqual({
    tool: 'release',
    command: './release.sh',
    folder: null,
  });
});

test('static folders and state are added, a build replaces', () => {
  const added = overlaid(
    'static:\n  - { url: /static/, path: ./shop/static/ }\n  - { url: /m, path: m }\nstate: [data/, ./app.db, instance/x.db]\nbuild: []\n',
  );
  expect(added.static).toEqual([
    { url: '/static', path: 'shop/static' },
    { url: '/m', path: 'm' },
  ]);
  expect(added.state).toEqual([
    { path: 'data', kind: 'folder', evidence: 'decant.yaml:4' },
    { path: 'app.db', kind: 'file', evidence: 'decant.yaml:4' },
    { path: 'instance', kind: 'folder', evidence: 'shop/__init__.py:5' },
  ]);
  expect(added.build).toEqual([]);
});

describe("an app's own server", () => {
  const refused: Profile = {
    ...profile,
    processes: { web: 'python server.py' },
    problems: [{ id: 'tcp-only', message: 'No port was found.', fatal: true }],
  };
  const found = (text: string, from: Profile = refused) =>
    configured({ profile: from, install }, parseConfig(text, 'decant.yaml')).profile;

  test('is told its port by the variable, or insists on the number, that somebody says', () => {
    expect(found('listens: MY_PORT\n')).toMatchObject({
      entry: null,
      listens: { variable: 'MY_PORT' },
      processes: { web: 'python server.py' },
      problems: [],
      evidence: { listens: 'decant.yaml:1' },
    });
    expect(found('listens: 9000\n').listens).toEqual({ port: 9000 });
  });

  test('may be named whole, with its port in the command', () => {
    const text = 'processes: {web: "bokeh serve x.py --port $PORT"}\n';
    const none: Profile = { ...profile, processes: {} };
    for (const from of [refused, none])
      expect(found(text, from)).toMatchObject({
        listens: { variable: 'PORT' },
        processes: { web: 'bokeh serve x.py --port $PORT' },
      });
    expect(found('processes: {web: bokeh serve x.py}\n').problems).toMatchObject([{ id: 'tcp-only' }]);
  });

  test('is stronger than an entry that was found, and weaker than one that somebody says', () => {
    const both: Profile = { ...profile, entry: 'shop:app', problems: [] };
    const web = 'processes: {web: python run.py}\n';
    expect(found(`${web}listens: PORT\n`, both)).toMatchObject({ entry: null, listens: { variable: 'PORT' } });
    expect(found('processes: {web: "gunicorn -b :$PORT shop:app"}\n', both)).toMatchObject({
      entry: 'shop:app',
      listens: null,
    });
    const own: Profile = { ...refused, listens: { port: 80 }, problems: [] };
    expect(found('entry: shop:app\n', own)).toMatchObject({ entry: 'shop:app', listens: null, processes: {} });
  });
});
