import { describe, expect, it } from 'vitest';
import type { Deployment } from '../model/deployment.ts';
import { sharedLimit } from '../model/state.ts';
import { initCommand } from './init-command.ts';

interface Given {
  readonly destructive?: boolean;
  readonly kind?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly live?: string | null;
  readonly tables?: readonly number[];
  readonly shared?: number;
  readonly state?: readonly unknown[];
  readonly copies?: Deployment['copies'];
}

const deployment = (given: Given) =>
  ({
    profile: {
      initCommands: [{ command: 'flask init-db', destructive: given.destructive ?? true }],
      database: { kind: given.kind ?? 'sqlite', variable: 'DATABASE_URL' },
      state: given.state ?? [{ path: 'uploads' }, { path: 'instance', database: true }],
    },
    environment: given.environment ?? {},
    copies: given.copies,
    state: {
      live: given.live ?? null,
      releases: given.live === undefined ? [] : [{ version: given.live }],
      databases: (given.tables ?? []).map(tables => ({ path: 'instance/app.db', tables, revision: null })),
      shared: Array.from({ length: given.shared ?? 1 }, (_, index) => `file-${index}`),
    },
  }) as unknown as Deployment;

describe('an init command runs by itself', () => {
  it.each<[string, Given]>([
    ['on the first release', {}],
    ['on a database without tables', { tables: [0] }],
    ['when it only adds tables, on an update too', { destructive: false, live: 'v1' }],
    [
      'when it only adds tables, in the SQLite file that a variable names',
      { destructive: false, environment: { DATABASE_URL: 'sqlite:///x.db' } },
    ],
  ])('%s', (_, given) => expect(initCommand(deployment(given))).toMatchObject({ runs: true }));
});

describe('an init command is only offered', () => {
  it.each<[string, Given]>([
    ['when it drops tables and something was live', { live: 'v1' }],
    [
      'when it drops tables and a variable names the database',
      { environment: { DATABASE_URL: 'sqlite:////data/x.db' } },
    ],
    ['when it drops tables and nobody knows where the database is', { state: [] }],
    ['when it drops tables and what is kept holds no database', { state: [{ path: 'uploads' }] }],
    ['when it drops tables and any variable names a database', { environment: { STORE: '/srv/real.db' } }],
    ['on another kind of database', { kind: 'postgresql', destructive: false }],
    ['when a variable names another kind', { destructive: false, environment: { DATABASE_URL: 'postgresql://db/x' } }],
    ['when the database could not be read', { tables: [-1], destructive: false }],
    ['when state is copied from a folder', { copies: [{ from: '/x/app.db', path: 'app.db' }], destructive: false }],
    ['when there is too much state to see all of it', { shared: sharedLimit, destructive: false }],
  ])('%s', (_, given) => expect(initCommand(deployment(given))).toMatchObject({ runs: false }));
});

it('is not wanted where tables are', () => {
  expect(initCommand(deployment({ tables: [3] }))).toBeNull();
});
