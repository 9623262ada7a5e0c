import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, cannedUpstream, openRig, type Rig, rawClient, until } from './rig.ts';

let rig: Rig;
let app: Server;
let heads: string[];

beforeAll(async () => {
  rig = await openRig();
  writeFileSync(join(rig.root, 'secret.txt'), 'secret');
  const folders = ['v1', 'v2'].map(version => {
    const socket = rig.addRelease(version, [
      { url: '/static', path: 'code/static' },
      { url: '/static/lib/', path: 'code/vendor' },
      { url: '/missing', path: 'code/nowhere' },
    ]);
    const folder = join(rig.root, 'releases', version, 'code/static');
    mkdirSync(join(folder, '.git'), { recursive: true });
    mkdirSync(join(folder, '.well-known'));
    mkdirSync(join(folder, '../vendor'));
    return { socket, folder };
  });
  const [old, live] = folders as [(typeof folders)[0], (typeof folders)[0]];

  writeFileSync(join(old.folder, 'old.css'), 'old css');
  writeFileSync(join(live.folder, 'a b.css'), 'body { color: red }');
  utimesSync(join(live.folder, 'a b.css'), 1_700_000_000, 1_700_000_000);
  writeFileSync(join(live.folder, '.env'), 'SECRET=1');
  writeFileSync(join(live.folder, '.git/config'), 'x');
  writeFileSync(join(live.folder, '.well-known/it'), 'known');
  writeFileSync(join(live.folder, '../vendor/lib.js'), 'lib');
  writeFileSync(join(live.folder, '../app.py'), 'code');
  symlinkSync('/etc', join(live.folder, 'etc'));
  symlinkSync('../../../../secret.txt', join(live.folder, 'secret.txt'));
  symlinkSync('a b.css', join(live.folder, 'inside.css'));
  symlinkSync('.env', join(live.folder, 'env.txt'));

  rig.pointLink('previous', 'v1');
  rig.pointLink('live', 'v2');
  ({ heads, server: app } = await cannedUpstream(live.socket, 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nfrom app'));
  await rig.startFront();
});

afterAll(async () => {
  app.close();
  await rig.close();
});

const bodyOf = async (path: string) => (await ask(rig.port, path)).body.toString();

test('serves a file with type, validators and ranges; HEAD without body', async () => {
  const whole = await ask(rig.port, '/static/a%20b.css?v=1');
  expect(whole.status).toBe(200);
  expect(whole.body.toString()).toBe('body { color: red }');
  expect(whole.headers['content-type']).toMatch(/^text\/css/);
  expect(whole.headers['last-modified']).toBe('Tue, 14 Nov 2023 22:13:20 GMT');

  const since = { 'If-Modified-Since': whole.headers['last-modified'] };
  expect((await ask(rig.port, '/static/a%20b.css', { headers: since })).status).toBe(304);
  const match = { 'If-None-Match': whole.headers.etag };
  expect((await ask(rig.port, '/static/a%20b.css', { headers: match })).status).toBe(304);

  const part = await ask(rig.port, '/static/a%20b.css', { headers: { Range: 'bytes=0-3' } });
  expect([part.status, part.body.toString(), part.headers['content-range']]).toEqual([206, 'body', 'bytes 0-3/19']);
  const beyond = await ask(rig.port, '/static/a%20b.css', { headers: { Range: 'bytes=99-' } });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */19']);

  const head = await ask(rig.port, '/static/a%20b.css', { method: 'HEAD' });
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '19', 0]);
});

test('a link inside the folder is followed, the longest address wins, .well-known is no secret', async () => {
  expect(await bodyOf('/static/inside.css')).toBe('body { color: red }');
  expect(await bodyOf('/static/lib/lib.js')).toBe('lib');
  expect(await bodyOf('/static/.well-known/it')).toBe('known');
});

test('what the live release lacks comes from the previous one, and else from the app', async () => {
  expect(await bodyOf('/static/old.css')).toBe('old css');
  expect(await bodyOf('/static/none.css')).toBe('from app');
  expect(await bodyOf('/static/')).toBe('from app');
  expect(await bodyOf('/static')).toBe('from app');
  expect(await bodyOf('/missing/x')).toBe('from app');
  expect((await ask(rig.port, '/static/a%20b.css', { method: 'POST', body: 'x' })).body.toString()).toBe('from app');
});

test('hidden files are denied, also through a link, and the app is not asked for them', async () => {
  const before = heads.length;
  for (const path of ['.env', '.git/config', '%2eenv', 'env.txt']) {
    expect((await ask(rig.port, `/static/${path}`)).status).toBe(404);
  }
  expect(heads.length).toBe(before);
});

test('nothing outside of the folder is ever served by the front', async () => {
  const paths = [
    '../app.py',
    '%2e%2e/app.py',
    '..%2fapp.py',
    'etc/passwd',
    'secret.txt',
    'a%00.css',
    '%zz',
    '/etc/passwd',
  ];
  for (const path of paths) {
    const client = rawClient(rig.port);
    client.socket.write(`GET /static/${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await client.closed;
    expect(client.text()).toMatch(/from app$/);
  }
});

test('a file is counted, and is no request in flight', async () => {
  const before = (await rig.stats()).releases.v2?.requests ?? 0;
  await bodyOf('/static/inside.css');
  await until(async () => (await rig.stats()).releases.v2?.requests === before + 1);
  expect((await rig.stats()).inflight).toBe(0);
});
