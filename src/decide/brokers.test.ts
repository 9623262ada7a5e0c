import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { defaultBrokers, idleProcesses } from './brokers.ts';
import { serviceAddress } from './service-address.ts';

const variable = (name: string, fallback: string | null) => ({
  name,
  required: false,
  secret: false,
  default: fallback,
  source: 'config.py:3',
});
const profile = (environment: Profile['environment'], processes: Profile['processes'] = {}) =>
  ({ services: ['redis'], environment, processes, evidence: { services: 'app.py:1' } }) as unknown as Profile;
const redis = { kind: 'Redis', host: 'localhost', port: 6379 };

describe('serviceAddress', () => {
  it.each([
    ['redis://', redis],
    ['redis:///1', redis],
    ['redis://:pw@cache:6380/0', { kind: 'Redis', host: 'cache', port: 6380 }],
    ['postgresql+psycopg2://u:p@db/shop', { kind: 'PostgreSQL', host: 'db', port: 5432 }],
    ['postgresql:///shop', null],
    ['sqlite:///app.db', null],
    ['hello', null],
    ['constructor://h:1/x', null],
  ])('%s', (url, address) => expect(serviceAddress(url)).toEqual(address));
});

describe('defaultBrokers', () => {
  it('are those whose variable nobody set', () => {
    const app = profile([variable('REDIS_URL', 'redis://')]);
    expect(defaultBrokers(app, {})).toEqual([{ address: redis, variable: 'REDIS_URL', evidence: 'config.py:3' }]);
    expect(defaultBrokers(app, { REDIS_URL: 'redis://cache' })).toEqual([]);
  });

  it('are none for names that every object has', () => {
    const named = { ...profile([variable('constructor', 'redis://')]), services: ['constructor', 'redis'] };
    expect(defaultBrokers(named, {})).toMatchObject([{ address: redis, variable: 'constructor' }]);
  });

  it('are at the usual place where no variable names one', () => {
    expect(defaultBrokers(profile([]), {})).toEqual([{ address: redis, variable: null, evidence: 'app.py:1' }]);
  });
});

describe('idleProcesses', () => {
  const app = profile([variable('REDIS_URL', 'redis://')], {
    web: 'gunicorn app:app',
    worker: 'rq worker jobs',
    bot: 'python bot.py',
    'email-worker': 'python -u manage.py run_worker',
  });
  const silent = defaultBrokers(app, {});

  it('are queue workers without a broker, and no others', () => {
    const idle = idleProcesses(app, { silent, brokers: 1, running: [] });
    expect(idle).toEqual([
      { process: 'worker', why: 'no Redis answers on localhost:6379, and REDIS_URL is not set (config.py:3)' },
      { process: 'email-worker', why: 'no Redis answers on localhost:6379, and REDIS_URL is not set (config.py:3)' },
    ]);
  });

  it('are none where a broker answers, or where the live release runs them', () => {
    expect(idleProcesses(app, { silent: [], brokers: 1, running: [] })).toEqual([]);
    expect(idleProcesses(app, { silent, brokers: 1, running: ['worker', 'email-worker'] })).toEqual([]);
  });
});
