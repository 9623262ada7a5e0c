import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { idleProcesses } from './brokers.ts';
import { defaultBrokers } from './named-services.ts';

const variable = (name: string, fallback: string | null) => ({
  name,
  required: false,
  secret: false,
  default: fallback,
  source: 'config.py:3',
});
const profile = (environment: Profile['environment'], processes: Profile['processes'] = {}) =>
  ({ services: ['redis'], environment, processes, evidence: { services: 'app.py:1' } }) as unknown as Profile;

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
