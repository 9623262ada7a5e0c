import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { ask, isAlive, openRig, until } from './rig.ts';

const runner = fileURLToPath(new URL('../../src/act/runner', import.meta.url));

test('keeper and front bring each other back; a killed keeper costs no request', async () => {
  const rig = await openRig();
  const app = createServer((request, response) => {
    if (request.method === 'POST') request.pipe(response);
    else response.end('hello');
  });
  await new Promise<void>(resolve => app.listen(rig.addRelease('v1'), () => resolve()));
  rig.pointLink('live', 'v1');

  const port = await freePort();
  const place = ['--root', rig.root, '--run', rig.run, '--host', '127.0.0.1', '--port', `${port}`];
  const log = openSync(join(rig.root, 'logs/keep.log'), 'a');
  const argv = ['-m', 'decant_runner', 'keep', ...place, '--node', process.execPath, '--front', rig.frontFile];
  const keeper = spawn('python3', argv, { cwd: runner, detached: true, stdio: ['ignore', log, log] });
  const keepers = new Set([keeper.pid ?? 0]);
  await until(async () => (await ask(port, '/')).status === 200);
  const front = (await rig.stats()).pid;
  rig.own(front);

  try {
    const load = runLoad({ port, seconds: 3, rates: { get: 100, post: 20, fresh: 50 } });
    await sleep(500);
    process.kill(keeper.pid ?? 0, 'SIGKILL');
    keepers.clear();
    await until(async () => (await keeperPid(rig.run)) !== keeper.pid);
    const second = await keeperPid(rig.run);
    keepers.add(second);
    expect((await load).failures).toEqual({});
    expect((await rig.stats()).pid).toBe(front);

    process.kill(front, 'SIGKILL');
    await until(async () => (await rig.stats()).pid !== front);
    rig.own((await rig.stats()).pid);
    expect((await ask(port, '/')).status).toBe(200);
    expect(isAlive(second)).toBe(true);
  } finally {
    for (const pid of keepers) process.kill(pid, 'SIGKILL');
    await rig.close();
    app.closeAllConnections();
    app.close();
  }
}, 30_000);

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createNetServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/** What the keeper answers to `status`. */
function keeperPid(run: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(`${run}/keep.sock`, () => socket.write('{"do":"status"}\n'));
    let text = '';
    socket.on('error', reject).on('data', part => {
      text += part.toString();
      if (!text.includes('\n')) return;
      socket.destroy();
      resolve(JSON.parse(text).status.pid);
    });
  });
}
