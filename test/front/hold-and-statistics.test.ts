import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, openRig, type Rig, until } from './rig.ts';

let rig: Rig;
let front: number;
let app: ReturnType<typeof createServer>;
let slow: ServerResponse[];
let seen: string[];

beforeEach(async () => {
  slow = [];
  seen = [];
  rig = await openRig();
  const socket = rig.addRelease('v1');
  rig.pointLink('live', 'v1');
  app = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (request.url === '/slow') slow.push(response);
    else response.writeHead(Number(request.url?.slice(1) || 200)).end('four');
  });
  await new Promise<void>(resolve => app.listen(socket, () => resolve()));
  front = await rig.startFront();
});

afterEach(async () => {
  app.closeAllConnections();
  app.close();
  await rig.close();
});

test('a hold keeps new requests until it is let go, and waits for those in flight', async () => {
  const running = ask(rig.port, '/slow');
  await until(() => slow.length === 1);

  let held: unknown;
  const holding = rig.control('POST', '/hold?seconds=10').then(answer => {
    held = answer;
  });
  const waiting = [ask(rig.port, '/201'), ask(rig.port, '/202', { method: 'POST', body: 'x' })];
  await until(async () => (await rig.stats()).held === 2);
  expect([held, seen]).toEqual([undefined, ['/slow']]);

  slow[0]?.end('done');
  await running;
  await holding;
  expect(held).toEqual({ ok: true, inflight: 0 });
  expect(seen).toEqual(['/slow']);

  expect(await rig.control('DELETE', '/hold')).toEqual({ held: true });
  expect((await Promise.all(waiting)).map(answer => answer.status)).toEqual([201, 202]);
  expect(await rig.control('DELETE', '/hold')).toEqual({ held: false });
});

test('a hold ends by itself, and then says so', async () => {
  const running = ask(rig.port, '/slow');
  await until(() => slow.length === 1);
  const answer = rig.control('POST', '/hold?seconds=0.2');
  expect((await ask(rig.port, '/200')).status).toBe(200);
  expect(await answer).toMatchObject({ ok: false });
  expect(await rig.control('DELETE', '/hold')).toEqual({ held: false });
  slow[0]?.end();
  await running;
});

test('a hold with a patience goes on without the requests in flight', async () => {
  const running = ask(rig.port, '/slow');
  await until(() => slow.length === 1);
  expect(await rig.control('POST', '/hold?seconds=10&patience=0.1')).toEqual({ ok: false, inflight: 1 });

  const waiting = ask(rig.port, '/201');
  await until(async () => (await rig.stats()).held === 1);
  expect(await rig.control('DELETE', '/hold')).toEqual({ held: true });
  expect((await waiting).status).toBe(201);
  slow[0]?.end();
  await running;
});

test('a client that leaves while it is held is forgotten', async () => {
  await rig.control('POST', '/hold?seconds=10');
  await expect(ask(rig.port, '/200', { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await sleep(20);
  await rig.control('DELETE', '/hold');
  await ask(rig.port, '/204');
  expect(seen).toEqual(['/204']);
});

test('counts by release and class, and keeps counting over a kill and over a replacement', async () => {
  for (const path of ['/200', '/200', '/302', '/404', '/500']) await ask(rig.port, path);
  const stats = await rig.stats();
  expect(stats).toMatchObject({ pid: front, inflight: 0, websockets: 0, held: 0 });
  expect(stats.releases.v1).toMatchObject({
    requests: 5,
    classes: { '2xx': 2, '3xx': 1, '4xx': 1, '5xx': 1 },
    bytes: 20,
    recent: { seconds: 60, requests: 5, errors5xx: 1 },
  });
  expect(stats.releases.v1?.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(stats.releases.v1?.recent.p50).toBeGreaterThan(0);

  // The second front takes over while the first has a request in flight.
  const running = ask(rig.port, '/slow');
  await until(() => slow.length === 1);
  const second = await rig.startFront();
  process.kill(front, 'SIGTERM');
  await ask(rig.port, '/200');
  expect((await rig.stats()).releases.v1).toMatchObject({ requests: 6, inflight: 1 });
  slow[0]?.end('done');
  await running;
  await until(async () => (await rig.stats()).inflight === 0);
  expect((await rig.stats()).releases.v1?.requests).toBe(7);

  process.kill(second, 'SIGTERM');
  const third = await rig.startFront();
  expect((await rig.stats()).releases.v1?.requests).toBe(7);
  await ask(rig.port, '/200');
  await sleep(5200);
  process.kill(third, 'SIGKILL');
  await rig.startFront();
  expect((await rig.stats()).releases.v1?.requests).toBe(8);
}, 20_000);
