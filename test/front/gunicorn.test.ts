import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { startGunicorn } from './gunicorn.ts';
import { ask, isAlive, openRig, type Rig, rawClient, until } from './rig.ts';

let rig: Rig;
const masters: number[] = [];

beforeAll(async () => {
  rig = await openRig();
  for (const version of ['v1', 'v2']) {
    masters.push(await startGunicorn(`unix:${rig.addRelease(version)}`, version));
  }
  rig.pointLink('live', 'v1');
  await rig.startFront();
}, 120_000);

afterAll(async () => {
  for (const pid of masters) process.kill(pid, 'SIGTERM');
  await until(() => masters.every(pid => !isAlive(pid)));
  await rig.close();
}, 20_000);

test('twenty switches under mixed load: no failed request, and both releases are seen', async () => {
  const seen = new Set<string>();
  const load = runLoad({
    port: rig.port,
    seconds: 6,
    paths: { slow: '/slow', download: '/big' },
    see: body => seen.add(body),
  });
  for (let round = 1; round <= 20; round += 1) {
    await sleep(250);
    rig.pointLink('live', round % 2 === 0 ? 'v1' : 'v2');
  }

  const report = await load;
  expect(report.failures).toEqual({});
  expect(report.requests).toBeGreaterThan(500);
  expect(seen).toEqual(new Set(['v1', 'v2']));
}, 30_000);

test('a real gunicorn takes nothing of what a client claims', async () => {
  const claims = { 'X-Forwarded-For': '6.6.6.6', X_Forwarded_For: '6.6.6.6', SCRIPT_NAME: '/evil', PATH_INFO: '/evil' };
  const answer = await ask(rig.port, '/environ', { headers: { Host: 'shop.example', ...claims } });
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    HTTP_X_FORWARDED_FOR: '127.0.0.1',
    HTTP_X_FORWARDED_PROTO: 'http',
    HTTP_X_FORWARDED_HOST: 'shop.example',
    HTTP_HOST: 'shop.example',
    SCRIPT_NAME: '',
    PATH_INFO: '/environ',
    'wsgi.url_scheme': 'http',
  });
  expect(answer.body.toString()).not.toContain('6.6.6.6');
});

test('a real 413 is heard while the upload goes on', async () => {
  const answer = await ask(rig.port, '/echo', { method: 'POST', body: Buffer.alloc(20_000_000) });
  expect(answer.status).toBe(413);
});

test('Expect: 100-continue with a real gunicorn', async () => {
  const client = rawClient(rig.port);
  client.socket.write('POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
  await until(() => client.text() === 'HTTP/1.1 100 Continue\r\n\r\n');
  client.socket.write('body');
  await until(() => /200 OK[\s\S]*body$/.test(client.text()));
  client.socket.destroy();
});
