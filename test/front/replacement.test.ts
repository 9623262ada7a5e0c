import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { ask, isAlive, openRig, type Rig, rawClient, until } from './rig.ts';

let rig: Rig;
let app: ReturnType<typeof createServer>;

beforeEach(async () => {
  rig = await openRig();
  const socket = rig.addRelease('v1');
  rig.pointLink('live', 'v1');
  app = createServer((request, response) => {
    if (request.method === 'POST') request.pipe(response);
    else if (request.url === '/slow') setTimeout(() => response.end('slow'), 1000);
    else response.end(request.url === '/big' ? Buffer.alloc(2_000_000, 'x') : 'hello');
  });
  await new Promise<void>(resolve => app.listen(socket, () => resolve()));
});

afterEach(async () => {
  app.closeAllConnections();
  app.close();
  await rig.close();
});

test('a front replaced by another one answers on its kept connections, then leaves', async () => {
  const old = await rig.startFront();
  const client = rawClient(rig.port);
  client.socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => client.text().endsWith('hello'));

  await rig.startFront();
  process.kill(old, 'SIGTERM');
  await sleep(100);
  expect(isAlive(old)).toBe(true);
  client.socket.write('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
  await client.closed;
  expect(client.text().split('HTTP/1.1 200 OK').length).toBe(3);
  expect(client.text()).toMatch(/Connection: close[\s\S]*hello$/);
  await until(() => !isAlive(old));
  expect((await ask(rig.port, '/')).status).toBe(200);
});

test('without another front, idle connections do not keep it', async () => {
  const only = await rig.startFront();
  const client = rawClient(rig.port);
  client.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => client.text().endsWith('hello'));
  process.kill(only, 'SIGTERM');
  await until(() => !isAlive(only));
});

test('three replacements under mixed load: no failed request', async () => {
  let front = await rig.startFront();
  const load = runLoad({ port: rig.port, seconds: 5, paths: { slow: '/slow', download: '/big' } });
  for (let round = 0; round < 3; round += 1) {
    await sleep(1200);
    const next = await rig.startFront();
    process.kill(front, 'SIGTERM');
    front = next;
  }
  const report = await load;
  expect(report.failures).toEqual({});
  expect(report.requests).toBeGreaterThan(300);
}, 30_000);

test('the front calls the keeper, and starts a new one with the listening socket when it is gone', async () => {
  const program = join(rig.root, 'keeper.py');
  writeFileSync(
    program,
    [
      'import os, socket, sys',
      'assert sys.argv[1:] == ["keep", "--fd", "3"], sys.argv',
      'assert socket.socket(fileno=os.dup(3)).getsockname()[1] == int(os.environ["DECANT_PORT"])',
      'assert os.getsid(0) == os.getpid()',
      'path = os.environ["DECANT_RUN"] + "/keep.sock"',
      'server = socket.socket(socket.AF_UNIX)',
      'server.bind(f"{path}.{os.getpid()}")',
      'server.listen()',
      'os.rename(f"{path}.{os.getpid()}", path)',
      'line = (connection := server.accept()[0]).recv(100)',
      'open(os.environ["DECANT_RUN"] + f"/called-{os.getpid()}", "wb").write(line)',
      'connection.recv(100)',
    ].join('\n'),
  );
  const keepers = () =>
    readdirSync(rig.run)
      .filter(name => name.startsWith('called-'))
      .map(name => Number(name.slice(7)));

  await rig.startFront({ DECANT_KEEP_ARGV: JSON.stringify(['python3', program, 'keep']) });
  await until(() => keepers().length === 1);
  const first = keepers()[0] ?? 0;
  rig.own(first);
  expect(readFileSync(join(rig.run, `called-${first}`), 'utf8')).toBe('{"do":"lifeline"}\n');

  process.kill(first, 'SIGKILL');
  await until(() => keepers().length === 2);
  for (const pid of keepers()) rig.own(pid);
  expect((await ask(rig.port, '/')).status).toBe(200);
});
