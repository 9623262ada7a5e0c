import { createServer, type Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ask,
  cannedUpstream,
  isAlive,
  openRig,
  type Rig,
  rawClient,
  rawUpstream,
  residentBytes,
  until,
} from './rig.ts';

let rig: Rig;
let front: number;
let socket: string;
const servers: (Server | HttpServer)[] = [];

beforeEach(async () => {
  rig = await openRig();
  socket = rig.addRelease('v1');
  rig.pointLink('live', 'v1');
  front = await rig.startFront();
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rig.close();
});

async function canned(answer: string): Promise<string[]> {
  const { heads, server } = await cannedUpstream(socket, answer);
  servers.push(server);
  return heads;
}

async function raw(serve: (connection: Socket) => void): Promise<void> {
  servers.push(await rawUpstream(socket, serve));
}

function app(handler: Parameters<typeof createServer>[1]): Promise<void> {
  const server = createServer(handler);
  servers.push(server);
  return new Promise(resolve => server.listen(socket, () => resolve()));
}

test('sets the forwarding headers and drops what the client claims', async () => {
  const heads = await canned('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const claims = { 'X-Forwarded-For': '6.6.6.6', 'X-Forwarded-Proto': 'https', 'x-forwarded-prefix': '/evil' };
  const more = { Forwarded: 'for=6.6.6.6', 'X-Real-IP': '6.6.6.6', X_Forwarded_For: '6.6.6.6', SCRIPT_NAME: '/evil' };
  await ask(rig.port, '/a%20b?q=1', { headers: { Host: 'shop.example:81', ...claims, ...more, 'X-Kept': 'yes' } });

  const head = heads[0] ?? '';
  expect(head).toMatch(/^GET \/a%20b\?q=1 HTTP\/1\.1\r\n/);
  expect(head).toContain('\r\nX-Forwarded-For: 127.0.0.1\r\n');
  expect(head).toContain('\r\nX-Forwarded-Proto: http\r\n');
  expect(head).toContain('\r\nX-Forwarded-Host: shop.example:81\r\n');
  expect(head).toContain(`\r\nX-Forwarded-Port: ${rig.port}\r\n`);
  expect(head).toContain('\r\nHost: shop.example:81\r\n');
  expect(head).toContain('\r\nX-Kept: yes\r\n');
  expect(head).not.toMatch(/6\.6\.6\.6|evil|https/);
});

test('strips hop-by-hop headers both ways and keeps spelling, order and duplicates', async () => {
  const heads = await canned(
    'HTTP/1.1 200 Fine\r\nset-COOKIE: a=1\r\nSet-Cookie: b=2\r\nConnection: close, X-Inner\r\nX-Inner: 1\r\nKeep-Alive: timeout=1\r\nTrailer: X\r\nX-Caf\xe9: \xe9\r\nContent-Length: 2\r\n\r\nok'.replace(
      'X-Caf\xe9',
      'X-Cafe',
    ),
  );
  const client = rawClient(rig.port);
  client.socket.write(
    'GET / HTTP/1.1\r\nhOsT: a\r\nConnection: keep-alive, X-Hop, Host\r\nX-Hop: 1\r\nTE: trailers\r\nX-Two: 1\r\nX-Two: 2\r\nX-High: \xe9\r\n\r\n',
    'latin1',
  );
  await until(() => client.text().endsWith('ok'));
  client.socket.destroy();

  expect(heads[0]).toContain('hOsT: a\r\n');
  expect(heads[0]).toContain('X-Two: 1\r\nX-Two: 2\r\n');
  expect(heads[0]).toContain('X-High: \xe9\r\n');
  expect(heads[0]).not.toMatch(/X-Hop|TE: |keep-alive/);
  expect(client.text()).toContain('HTTP/1.1 200 Fine\r\nset-COOKIE: a=1\r\nSet-Cookie: b=2\r\n');
  expect(client.text()).toContain('X-Cafe: \xe9\r\n');
  expect(client.text()).not.toMatch(/X-Inner|Trailer|timeout=1\r/);
  expect(client.text().match(/^Connection:.*$/gm)).toEqual(['Connection: keep-alive']);
});

test('many requests over one client connection, each on an upstream connection of its own', async () => {
  const heads = await canned('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const client = rawClient(rig.port);
  client.socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => client.text().split('HTTP/1.1 200').length === 3);
  client.socket.write('GET /3 HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => client.text().split('HTTP/1.1 200').length === 4);
  client.socket.destroy();

  expect(heads.map(head => head.slice(4, 6))).toEqual(['/1', '/2', '/3']);
  expect(heads.every(head => head.includes('\r\nConnection: close\r\n'))).toBe(true);
});

test('HEAD, 204 and 304 have no body and keep the connection usable', async () => {
  await app((request, response) => {
    if (request.url === '/204') response.writeHead(204).end();
    else if (request.url === '/304') response.writeHead(304, { ETag: '"x"' }).end();
    else response.writeHead(200, { 'Content-Length': '5' }).end('hello');
  });
  const client = rawClient(rig.port);
  const lines = ['HEAD /', 'GET /204', 'GET /304', 'GET /'].map(line => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`);
  client.socket.write(lines.join(''));
  await until(() => client.text().endsWith('hello'));
  client.socket.destroy();

  const heads = client.text().split(/(?=HTTP\/1\.1 )/);
  expect(heads.map(head => head.slice(9, 12))).toEqual(['200', '204', '304', '200']);
  expect(heads[0]).toContain('Content-Length: 5');
  expect(heads.slice(0, 3).every(head => head.endsWith('\r\n\r\n'))).toBe(true);
});

test('an HTTP/1.0 client gets a body that ends with the connection', async () => {
  await canned('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n');
  const client = rawClient(rig.port);
  client.socket.write('GET / HTTP/1.0\r\n\r\n');
  await client.closed;
  expect(client.text()).toMatch(/\r\n\r\nabc$/);
});

test('server-sent events pass at once, head first', async () => {
  let push = (_text: string): void => undefined;
  await app((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    push = text => response.write(text);
  });
  const client = rawClient(rig.port);
  client.socket.write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => client.text().includes('text/event-stream'));
  push('data: 1\n\n');
  await until(() => client.text().includes('data: 1'));
  push('data: 2\n\n');
  await until(() => client.text().includes('data: 2'));
  client.socket.destroy();
});

test('a chunked upload reaches the app piece by piece', async () => {
  let got = '';
  await raw(connection => connection.on('data', part => (got += part.toString())));
  const client = rawClient(rig.port);
  client.socket.write('POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n');
  await until(() => got.includes('first'));
  expect(got).toContain('Transfer-Encoding: chunked\r\n');
  client.socket.write('6\r\nsecond\r\n');
  await until(() => got.includes('second'));
  expect(got).not.toContain('0\r\n\r\n');
  client.socket.write('0\r\n\r\n');
  await until(() => got.endsWith('0\r\n\r\n'));
  client.socket.destroy();
});

test('a 200 MB upload to a slow app, and a 200 MB answer to a slow reader, stay out of memory', async () => {
  const size = 200_000_000;
  const part = Buffer.alloc(1_000_000, 'x');
  await app((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Length': size });
      let left = size;
      const more = () => {
        while (left > 0) {
          left -= part.length;
          if (!response.write(part)) return void response.once('drain', more);
        }
        response.end();
      };
      return more();
    }
    let got = 0;
    request.on('data', chunk => {
      got += chunk.length;
      if (got % 7 === 0) {
        request.pause();
        setTimeout(() => request.resume(), 1);
      }
    });
    request.on('end', () => response.end(`${got}`));
  });

  const before = residentBytes(front);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytes(front));
  }, 20);

  const upload = rawClient(rig.port);
  upload.socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`);
  for (let sent = 0; sent < size; sent += part.length) {
    if (!upload.socket.write(part)) await new Promise(resolve => upload.socket.once('drain', resolve));
  }
  await upload.closed;
  expect(upload.text()).toContain(`\r\n\r\n${size}`);

  let got = 0;
  const reader = rawClient(rig.port);
  reader.socket.removeAllListeners('data').pause();
  reader.socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await sleep(300);
  reader.socket.on('data', chunk => {
    got += chunk.length;
  });
  reader.socket.resume();
  await reader.closed;
  clearInterval(watch);

  expect(got).toBeGreaterThan(size);
  expect(peak - before).toBeLessThan(60_000_000);
}, 60_000);

test('a client that leaves is felt by the app: while it waits, and in the middle of an upload', async () => {
  let closed = 0;
  let opened = 0;
  await raw(connection => {
    opened += 1;
    connection.resume();
    connection.on('close', () => {
      closed += 1;
    });
  });

  const waiting = rawClient(rig.port);
  waiting.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => opened === 1);
  waiting.socket.destroy();
  await until(() => closed === 1);

  const sending = rawClient(rig.port);
  sending.socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome');
  await until(() => opened === 2);
  sending.socket.resetAndDestroy();
  await until(() => closed === 2);
  await until(async () => (await rig.stats()).inflight === 0);
});

test('503 with Retry-After when nothing is up, by every method, and a retry that outlives a short gap', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const answer = await ask(rig.port, '/', { method });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['content-type']).toContain('text/html');
  }

  const waiting = ask(rig.port, '/');
  await sleep(60);
  await canned('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  expect((await waiting).status).toBe(200);
});

test('503 without any release', async () => {
  const empty = await openRig();
  await empty.startFront();
  expect((await ask(empty.port, '/')).status).toBe(503);
  await empty.close();
});

test('502 when the app breaks off before its head, or speaks nonsense; a broken body breaks the client off', async () => {
  await raw(connection =>
    connection.once('data', head => {
      const text = head.toString();
      if (text.includes('/nonsense')) connection.end('what?\r\n\r\n');
      else if (text.includes('/half')) connection.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      else if (text.includes('/status')) connection.end('HTTP/1.1 99 Low\r\n\r\n');
      else connection.destroy();
    }),
  );
  expect((await ask(rig.port, '/gone')).status).toBe(502);
  expect((await ask(rig.port, '/gone', { method: 'POST', body: 'x' })).status).toBe(502);
  expect((await ask(rig.port, '/nonsense')).status).toBe(502);
  expect((await ask(rig.port, '/status')).status).toBe(502);
  await expect(ask(rig.port, '/half')).rejects.toThrow();
  expect(isAlive(front)).toBe(true);
  expect((await rig.stats()).releases.v1?.classes).toMatchObject({ '5xx': 4 });
});

test.each(['keep-alive', 'close'])('an app that refuses an upload early is heard, connection: %s', async connection => {
  await raw(app => {
    app.once('data', () => {
      // Closes with unread bytes, as a worker does that never reads the body.
      app.pause();
      app.write('HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large', () =>
        app.destroy(),
      );
    });
  });

  const part = Buffer.alloc(1_000_000, 'x');
  const client = rawClient(rig.port, true);
  client.socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\nContent-Length: 50000000\r\n\r\n`);
  for (let sent = 0; sent < 50; sent += 1) {
    if (!client.socket.write(part)) await new Promise(resolve => client.socket.once('drain', resolve));
  }
  await until(() => client.text().endsWith('too large'));
  expect(client.text()).toMatch(/^HTTP\/1\.1 413 /);

  if (connection === 'close') {
    client.socket.end();
    await client.closed;
  } else {
    client.socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await until(() => client.text().split('HTTP/1.1 413').length === 3);
  }
  client.socket.destroy();
});

test('Expect: 100-continue is the app’s to grant or to refuse', async () => {
  let granted = 0;
  const server = createServer();
  server.on('checkContinue', (request, response) => {
    if (request.url === '/no') return void response.writeHead(413, { 'Content-Length': '2' }).end('no');
    granted += 1;
    response.writeContinue();
    let text = '';
    request.on('data', part => (text += part)).on('end', () => response.end(text));
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(socket, () => resolve()));

  const yes = rawClient(rig.port);
  yes.socket.write('POST /yes HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
  await until(() => yes.text() === 'HTTP/1.1 100 Continue\r\n\r\n');
  yes.socket.write('body');
  await until(() => /200 OK[\s\S]*body/.test(yes.text()));
  yes.socket.destroy();

  const no = rawClient(rig.port);
  no.socket.write('POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
  await until(() => no.text().endsWith('no'));
  expect(no.text()).toMatch(/^HTTP\/1\.1 413 /);
  expect(no.text()).toContain('Connection: close');
  expect(granted).toBe(1);
  no.socket.destroy();
});

test('malformed and dangerous requests are refused without a crash', async () => {
  await canned('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const statusOf = async (text: string) => {
    const client = rawClient(rig.port);
    client.socket.write(text, 'latin1');
    await client.closed;
    return client.text().slice(9, 12);
  };

  expect(await statusOf('nonsense\r\n\r\n')).toBe('400');
  expect(await statusOf('GET / HTTP/1.1\r\n\r\n')).toBe('400');
  expect(await statusOf('GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')).toBe('400');
  expect(await statusOf('GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('400');
  expect(await statusOf('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n')).toBe(
    '400',
  );
  expect(await statusOf('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n')).toBe('501');
  expect(await statusOf(`GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`)).toBe('431');
  expect(await statusOf('CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n')).toBe('405');
  expect(await statusOf('GET http://b/abs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toBe('200');
  expect(isAlive(front)).toBe(true);
  expect(rig.frontLog()).toBe('');
});
