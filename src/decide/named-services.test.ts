import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { defaultBrokers, defaultDatabase, namedServices } from './named-services.ts';
import { addressWords } from './service-address.ts';

const variable = (name: string, fallback: string | null) => ({
  name,
  required: false,
  secret: false,
  default: fallback,
  source: 'config.py:3',
});
const profile = (environment: Profile['environment'], more: Partial<Profile> = {}) =>
  ({
    services: ['redis'],
    environment,
    database: null,
    evidence: { services: 'app.py:1' },
    ...more,
  }) as unknown as Profile;
const byParts = {
  database: { kind: 'postgresql', variable: null, parts: { host: 'DBHOST', port: 'DBPORT', user: 'DBUSER' } },
} as const;

describe('namedServices', () => {
  const named = (app: Profile, environment: Record<string, string>) =>
    namedServices(app, environment).map(each => `${each.variable} ${addressWords(each.address)}`);

  it('are those of URLs and of parts', () => {
    const app = profile([variable('DBPORT', '5433')], byParts);
    expect(
      named(app, { DBHOST: 'db', DBUSER: 'ada', CACHE: 'redis://cache', REDIS_HOST: 'r', REDIS_PORT: '1' }),
    ).toEqual(['CACHE cache:6379', 'DBHOST db:5433', 'REDIS_HOST r:1']);
  });

  it('are none where a host is only the default, or of a service that the app does not use', () => {
    expect(named(profile([variable('DBHOST', 'db')], byParts), { DBPORT: '1' })).toEqual([]);
    expect(named(profile([], { services: [] }), { REDIS_HOST: 'r' })).toEqual([]);
  });
});

describe('defaultDatabase', () => {
  it('is what the code holds fast', () => {
    const database = { kind: 'postgresql', variable: null, server: 'postgresql://db' } as const;
    const found = defaultDatabase(profile([], { database, evidence: { database: 'app.py:14' } }), {});
    expect(found).toMatchObject({ variable: null, evidence: 'app.py:14', address: { kind: 'PostgreSQL' } });
    expect(found === null ? '' : addressWords(found.address)).toBe('db:5432');
  });

  const found = (app: Profile, environment: Record<string, string> = {}) => {
    const service = defaultDatabase(app, environment);
    return service === null ? null : `${service.variable} ${addressWords(service.address)} ${service.evidence}`;
  };

  it('is where the code looks when nothing is set', () => {
    const url = { database: { kind: 'postgresql', variable: 'DB_URL' } } as const;
    expect(found(profile([variable('DB_URL', 'postgresql://db/x')], url))).toBe('DB_URL db:5432 config.py:3');
    expect(found(profile([variable('DB_URL', 'postgresql://db/x')], url), { DB_URL: 'sqlite://' })).toBeNull();
    expect(found(profile([variable('DB_URL', null)], url))).toBeNull();
  });

  it('has a host and a port where it is named by parts', () => {
    const parts = [variable('DBHOST', 'db'), variable('DBPORT', '5433')];
    expect(found(profile(parts, byParts))).toBe('DBHOST db:5433 config.py:3');
    expect(found(profile(parts, byParts), { DBPORT: '5434' })).toBe('DBHOST db:5434 config.py:3');
    expect(found(profile(parts, byParts), { DBHOST: 'x' })).toBeNull();
  });
});

describe('defaultBrokers', () => {
  const redis = { kind: 'Redis', at: [{ host: 'localhost', port: 6379 }] };

  it('are those whose variable nobody set', () => {
    const app = profile([variable('REDIS_URL', 'redis://')]);
    expect(defaultBrokers(app, {})).toEqual([{ address: redis, variable: 'REDIS_URL', evidence: 'config.py:3' }]);
    expect(defaultBrokers(app, { REDIS_URL: 'redis://cache' })).toEqual([]);
  });

  it('may be named by a host', () => {
    const app = profile([variable('REDIS_HOST', 'cache'), variable('REDIS_PORT', '6380')]);
    const at = [{ host: 'cache', port: 6380 }];
    expect(defaultBrokers(app, {})).toMatchObject([{ address: { at }, variable: 'REDIS_HOST' }]);
    expect(defaultBrokers(app, { REDIS_HOST: 'r' })).toEqual([]);
  });

  it('are none for names that every object has', () => {
    const named = profile([variable('constructor', 'redis://')], { services: ['constructor', 'redis'] });
    expect(defaultBrokers(named, {})).toMatchObject([{ address: redis, variable: 'constructor' }]);
  });

  it('are at the usual place where no variable names one', () => {
    expect(defaultBrokers(profile([]), {})).toEqual([{ address: redis, variable: null, evidence: 'app.py:1' }]);
  });
});
