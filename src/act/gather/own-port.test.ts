import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appState, sealed } from '../../../test/support/app-state.ts';
import { DecantError } from '../../base/errors.ts';
import type { Listening, Profile } from '../../model/profile.ts';
import type { AppState } from '../../model/state.ts';
import type { Context } from '../context.ts';
import type { Gathered } from './gathered.ts';
import { besideOwnPort } from './own-port.ts';

let home: string;
let other: Server;
let taken: number;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'decant-test-'));
  other = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => other.once('listening', resolve));
  const address = other.address();
  taken = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(async () => {
  rmSync(home, { recursive: true });
  await new Promise(resolve => other.close(resolve));
});

async function chosen(
  listens: Listening | null,
  { port, state = {}, isAsked = false }: { port: number; state?: Partial<AppState>; isAsked?: boolean },
): Promise<unknown> {
  const record = { schema: 1 as const, name: 'shop', source: '/shop', host: '127.0.0.1', port };
  const gathered = { record, state: appState(state) } as unknown as Gathered;
  const profile = { listens, evidence: { listens: 'server.py:7' } } as unknown as Profile;
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  try {
    const found = await besideOwnPort({ home } as Context, { gathered, profile, isAsked }, say);
    return { port: found.port, said };
  } catch (error) {
    return error instanceof DecantError ? { code: error.trouble.code, evidence: error.trouble.evidence } : error;
  }
}

test('an app that is told its port, or has none, leaves the address as it is', async () => {
  expect(await chosen(null, { port: taken })).toEqual({ port: taken, said: [] });
  expect(await chosen({ variable: 'PORT' }, { port: taken })).toEqual({ port: taken, said: [] });
});

test('visitors of an app that insists on the port that was chosen come to another one', async () => {
  const found = (await chosen({ port: 8000 }, { port: 8000 })) as { port: number; said: string[] };
  expect(found.port).toBeGreaterThan(8000);
  expect(found.said).toEqual([`shop listens on 8000 itself: decant serves it on ${found.port}, and keeps that.`]);
});

test('a port that somebody asked for, or that visitors know, is not given up', async () => {
  const refusal = { code: 'port-shared', evidence: ['server.py:7'] };
  expect(await chosen({ port: 8000 }, { port: 8000, isAsked: true })).toEqual(refusal);
  expect(await chosen({ port: 8000 }, { port: 8000, state: { live: 'v1' } })).toEqual(refusal);
});

test('a port that another program has is refused, unless that is the release before', async () => {
  expect(await chosen({ port: taken }, { port: 8000 })).toMatchObject({ code: 'port-taken' });

  const process = { name: 'v1:web', release: 'v1', process: 'web', kind: 'web', state: 'running' };
  const state = {
    live: 'v1',
    releases: [sealed('v1', { listens: { port: taken } })],
    keep: { processes: [process] } as unknown as NonNullable<AppState['keep']>,
  };
  expect(await chosen({ port: taken }, { port: 8000, state })).toEqual({ port: 8000, said: [] });
});
