import { expect, test } from 'vitest';
import type { Profile } from '../../model/profile.ts';
import { parseConfig } from './parse.ts';
import { settingRows } from './setting-rows.ts';

const profile = {
  app: 'shop',
  root: '.',
  entry: 'shop:app',
  health: null,
  worker_class: 'gthread',
  migrations: { tool: 'alembic', command: 'alembic upgrade head', folder: 'alembic' },
  python: { requires: '>=3.10', source: 'pyproject.toml:5' },
  processes: { worker: 'celery worker', clock: 'python clock.py' },
  static: [{ url: '/static', path: 'static' }],
  state: [{ path: 'instance', kind: 'folder', evidence: 'shop.py:3' }],
  build: [],
  evidence: { entry: 'Procfile:1', processes: 'Procfile:1', static: 'shop.py:2', migrations: 'alembic.ini:1' },
} as unknown as Profile;

test('each setting with where it comes from', () => {
  const config = parseConfig('processes:\n  clock: null\nworkers: 3\nbuild: [make]\n', 'decant.yaml');
  expect(settingRows({ config, target: 'local', profile: { ...profile, build: ['make'] } })).toEqual([
    { key: 'app', value: 'shop', origin: 'detected', place: null },
    { key: 'target', value: 'local', origin: 'default', place: null },
    { key: 'root', value: '.', origin: 'detected', place: null },
    { key: 'python', value: '>=3.10', origin: 'detected', place: 'pyproject.toml:5' },
    { key: 'entry', value: 'shop:app', origin: 'detected', place: 'Procfile:1' },
    { key: 'health', value: null, origin: 'default', place: null },
    { key: 'release', value: 'alembic upgrade head', origin: 'detected', place: 'alembic.ini:1' },
    { key: 'workers', value: 3, origin: 'file', place: 'decant.yaml:3' },
    { key: 'threads', value: null, origin: 'default', place: null },
    { key: 'worker_class', value: 'gthread', origin: 'detected', place: null },
    { key: 'port', value: 8000, origin: 'default', place: null },
    { key: 'host', value: '127.0.0.1', origin: 'default', place: null },
    { key: 'processes.clock', value: null, origin: 'file', place: 'decant.yaml:2' },
    { key: 'processes.worker', value: 'celery worker', origin: 'detected', place: 'Procfile:1' },
    { key: 'static', value: '/static static', origin: 'detected', place: 'shop.py:2' },
    { key: 'state', value: 'instance/', origin: 'detected', place: 'shop.py:3' },
    { key: 'build', value: 'make', origin: 'file', place: 'decant.yaml:4' },
  ]);
});
