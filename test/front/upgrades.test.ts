import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRig, type Rig, rawClient, until } from './rig.ts';

let rig: Rig;
let socket: string;
let app: ReturnType<typeof createServer>;
let head: string;
let upstream: Socket | undefined;
let respond: (connection: Socket) => void;

const handshake =
  'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n';
const accepted =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: y\r\n\r\n';
const goingAway = '\x88\x02\x03\xe9';

beforeAll(async () => {
  rig = await openRig();
  socket = rig.addRelease('v1');
  rig.pointLink('live', 'v1');
  app = createServer(connection => {
    upstream = connection;
    connection.on('error', () => undefined);
    connection.once('data', part => {
      head = part.toString('latin1');
      respond(connection);
    });
  }).listen(socket);
  await rig.startFront();
});

beforeEach(() => {
  respond = connection => connection.write(accepted);
});

afterAll(async () => {
  app.close();
  await rig.close();
});

async function opened(first = '') {
  const client = rawClient(rig.port);
  client.socket.write(handshake + first, 'latin1');
  await until(() => client.text().includes('\r\n\r\n'));
  return client;
}

test('passes the handshake and the bytes both ways, those that came with the heads too', async () => {
  let got = '';
  respond = connection => {
    connection.on('data', part => (got += part.toString('latin1')));
    connection.write(`${accepted}\x81\x02hi`, 'latin1');
  };
  const client = await opened('\x81\x81abcd\x00');
  await until(() => client.text().endsWith('\x81\x02hi'));
  await until(() => got === '\x81\x81abcd\x00' || head.endsWith('\x81\x81abcd\x00'));
  client.socket.write('\x81\x81efgh\x00', 'latin1');
  await until(() => got.endsWith('efgh\x00'));

  expect(head).toMatch(/\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n/);
  expect(head).toContain('X-Forwarded-For: 127.0.0.1');
  expect(client.text()).toContain('Sec-WebSocket-Accept: y\r\n');
  expect((await rig.stats()).websockets).toBe(1);
  expect((await rig.stats()).inflight).toBe(0);

  client.socket.destroy();
  await until(() => upstream?.destroyed === true);
  await until(async () => (await rig.stats()).websockets === 0);
});

test('an app that stops says 1001 through the front; not in the middle of a frame, not after its own close', async () => {
  const idle = await opened();
  upstream?.destroy();
  await idle.closed;
  expect(idle.text().endsWith(`\r\n\r\n${goingAway}`)).toBe(true);

  const torn = await opened();
  upstream?.write('\x81\x05he', 'latin1', () => upstream?.end());
  await torn.closed;
  expect(torn.text().endsWith('\x81\x05he')).toBe(true);

  const closed = await opened();
  upstream?.write('\x88\x02\x03\xe8', 'latin1', () => upstream?.end());
  await closed.closed;
  expect(closed.text().endsWith('\r\n\r\n\x88\x02\x03\xe8')).toBe(true);
});

test('a refused handshake and a request for another protocol are answered as usual', async () => {
  respond = connection => connection.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
  const refused = rawClient(rig.port);
  refused.socket.write(handshake);
  await refused.closed;
  expect(refused.text()).toMatch(/^HTTP\/1\.1 403 Forbidden[\s\S]*no$/);

  respond = connection => connection.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const other = rawClient(rig.port);
  other.socket.write(
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n\r\n',
  );
  await other.closed;
  expect(other.text()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*ok$/);
  expect(head).not.toMatch(/h2c|HTTP2/);
});

test('502 when the app breaks off, and a client that resets harms nobody', async () => {
  respond = connection => connection.destroy();
  const broken = rawClient(rig.port);
  broken.socket.write(handshake);
  await broken.closed;
  expect(broken.text()).toMatch(/^HTTP\/1\.1 502 /);

  respond = connection => connection.write(accepted);
  const reset = await opened();
  reset.socket.resetAndDestroy();
  await until(async () => (await rig.stats()).websockets === 0);
  expect(rig.frontLog()).toBe('');
});
