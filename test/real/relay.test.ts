import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { edit, freePort, type Line, openHouse, processesOf, processLines } from '../support/decant.ts';

/** Apps that are their own server, behind the relay. */

const house = openHouse();
afterAll(() => house.close());

const updates = 5;
const numbers = () => readdirSync('/proc').filter(name => /^\d+$/.test(name));

interface Own {
  readonly name: string;
  readonly folder: string;
  readonly port: number;
  readonly url: string;
}

/** The example, live under a name; `change` makes it another app before. */
async function live(name: string, change = (_: string) => {}): Promise<Own> {
  const folder = house.copy('examples/tornado');
  change(join(folder, 'server.py'));
  const port = await freePort();
  const ended = await house.decant(['up', folder, '-a', name, '--port', String(port)]);
  expect({ code: ended.code, stderr: ended.stderr }).toMatchObject({ code: 0 });
  return { name, folder, port, url: `http://127.0.0.1:${port}/` };
}

/** All kinds of requests while something is done. */
async function underLoad({ port }: Own, work: () => Promise<void>) {
  const stop = new AbortController();
  const seen = new Set<string>();
  const load = runLoad({
    port,
    seconds: 600,
    rates: { get: 30, fresh: 20, post: 10, slow: 3, download: 2 },
    paths: { slow: '/after/0.5', download: '/large' },
    downloadBytes: 2 * 1024 * 1024,
    signal: stop.signal,
    see: body => seen.add(body),
  });
  try {
    await work();
  } finally {
    stop.abort();
  }
  return { ...(await load), seen: [...seen].sort() };
}

async function update({ name, folder }: Own, from: number): Promise<void> {
  edit(join(folder, 'server.py'), `VERSION = "${from}"`, `VERSION = "${from + 1}"`);
  const ended = await house.decant(['up', folder, '-a', name, '--watch', '500ms']);
  expect({ code: ended.code, stderr: ended.stderr }).toMatchObject({ code: 0 });
}

const page = async ({ url }: Own) => (await fetch(url)).text();

async function web({ name }: Own): Promise<{ pid: number; restarts: number; state: string; exit: string | null }> {
  const { result } = await house.decant(['ps', '-a', name]);
  const processes = result.processes as {
    process: string;
    pid: number;
    restarts: number;
    state: string;
    exit: string;
  }[];
  const found = processes.find(({ process }) => process === 'web');
  if (found === undefined) throw new Error(`no web process in ${JSON.stringify(result)}`);
  return found;
}

/** The app's own process: the relay's only child. */
async function killProgram(own: Own): Promise<void> {
  const { pid } = await web(own);
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  process.kill(Number(child), 'SIGKILL');
}

async function answersAgain(own: Own): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await fetch(own.url).catch(() => null))?.status !== 200) {
    if (Date.now() > until) throw new Error('it does not answer again');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function destroyed({ name, folder }: Own): Promise<void> {
  const home = join(house.home, 'apps', name);
  expect(processesOf(home, numbers()).length).toBeGreaterThan(3);
  expect(await house.decant(['destroy', '-a', name, '--yes'])).toMatchObject({ code: 0 });
  expect(processesOf(home, numbers())).toEqual([]);
  expect(existsSync(home)).toBe(false);
  expect(processLines().filter(line => line.includes(folder))).toEqual([]);
}

describe('one that takes the port it is given', () => {
  let own: Own;
  beforeAll(async () => {
    own = await live('told');
  });

  it(`is updated ${updates} times and rolled back without a failed request`, async () => {
    const report = await underLoad(own, async () => {
      for (let version = 1; version <= updates; version += 1) await update(own, version);
      expect(await house.decant(['rollback', '-a', own.name])).toMatchObject({ code: 0 });
    });

    expect(report.failures).toEqual({});
    expect(report.requests).toBeGreaterThan(updates * 100);
    expect(report.seen).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(await page(own)).toBe(String(updates));
  });

  it('passes a WebSocket', async () => {
    expect(await said(own, 'hi')).toBe('hi');
  });

  it('is started again when it is killed', async () => {
    await killProgram(own);
    await answersAgain(own);
    expect(await web(own)).toMatchObject({ restarts: 1, state: 'running', exit: 'signal 9' });
  });

  it('stays live when the next release does not start', async () => {
    const file = join(own.folder, 'server.py');
    const before = readFileSync(file, 'utf8');
    const report = await underLoad(own, async () => {
      writeFileSync(file, before.replace('import os\n', 'import os\nimport no_such_module\n'));
      const ended = await house.decant(['up', own.folder, '-a', own.name]);
      expect({ code: ended.code, cause: ended.result.code }).toEqual({ code: 5, cause: 'missing-module' });
    });
    writeFileSync(file, before);
    expect(report.failures).toEqual({});
  });

  it('comes back after a stop, on whatever port is free then', async () => {
    expect(await house.decant(['stop', '-a', own.name])).toMatchObject({ code: 0 });
    expect(await house.decant(['start', '-a', own.name])).toMatchObject({ code: 0 });
    expect(await page(own)).toBe(String(updates));
  });

  it('leaves nothing when it is destroyed', async () => {
    await destroyed(own);
  });
});

describe('one that insists on a port', () => {
  let own: Own;
  let insisted = 0;
  beforeAll(async () => {
    insisted = await freePort();
    own = await live('stubborn', file => edit(file, 'int(os.environ.get("PORT", "8888"))', String(insisted)));
  });

  it('is said to be updated with a pause', async () => {
    const { result } = await house.decant(['plan', own.folder, '-a', own.name, '--force']);
    expect(JSON.stringify(result.assumed)).toContain(`on port ${insisted} whatever it is told`);
    expect(JSON.stringify(result.assumed)).toContain('no zero downtime');
    expect(JSON.stringify(result.plan)).toContain('both need the same port');
  });

  it('is updated and rolled back while requests wait, and none fails', async () => {
    const report = await underLoad(own, async () => {
      await update(own, 1);
      await update(own, 2);
      expect(await house.decant(['rollback', '-a', own.name])).toMatchObject({ code: 0 });
    });

    expect(report.failures).toEqual({});
    expect(report.seen).toEqual(['1', '2', '3']);
    expect(await page(own)).toBe('2');
  });

  it('comes back when the next release does not start, and requests wait for that too', async () => {
    const file = join(own.folder, 'server.py');
    const before = readFileSync(file, 'utf8');
    const report = await underLoad(own, async () => {
      writeFileSync(file, before.replace('import os\n', 'import os\nimport no_such_module\n'));
      const ended = await house.decant(['up', own.folder, '-a', own.name]);
      expect({ code: ended.code, cause: ended.result.code }).toEqual({ code: 5, cause: 'missing-module' });
      expect(ended.result.state).toContain('it was stopped for v4, which needs the same port');
    });
    writeFileSync(file, before);
    expect(report.failures).toEqual({});
    expect(await page(own)).toBe('2');
  });

  it('answers again when the runner is killed while nobody serves', async () => {
    const file = join(own.folder, 'server.py');
    edit(file, 'VERSION = "3"', 'VERSION = "4"');
    const report = await underLoad(own, async () => {
      let runner = 0;
      const onLine = (line: Line) => {
        if (line.type === 'hello') runner = Number(line.pid);
        if (line.type === 'step' && line.id === 'gate.http' && line.state === 'started')
          process.kill(runner, 'SIGKILL');
      };
      const { ended } = house.start(['up', own.folder, '-a', own.name], { onLine });
      const { code, result } = await ended;
      expect([code, result.code]).toEqual([5, 'runner-killed']);
    });
    expect(report.failures).toEqual({});
    expect(report.seen).toEqual(['2']);
    expect(await house.decant(['up', own.folder, '-a', own.name])).toMatchObject({ code: 0 });
    expect(await page(own)).toBe('4');
  });

  it('is started again when it is killed', async () => {
    await killProgram(own);
    await answersAgain(own);
    expect(await web(own)).toMatchObject({ state: 'running', exit: 'signal 9' });
  });

  it('comes back when the next release dies after the switch', async () => {
    const file = join(own.folder, 'server.py');
    const before = readFileSync(file, 'utf8');
    const dying = '    asyncio.get_running_loop().call_later(3, os._exit, 3)\n';
    writeFileSync(file, before.replace('    await asyncio.Event()', `${dying}    await asyncio.Event()`));
    const ended = await house.decant(['up', own.folder, '-a', own.name, '--watch', '20s']);
    writeFileSync(file, before);

    expect(ended.code).toBe(5);
    expect(ended.result.state).toContain('is live again: the switch was taken back');
    expect(await page(own)).toBe('4');
  });

  it('is not started where another program has its port', async () => {
    expect(await house.decant(['stop', '-a', own.name])).toMatchObject({ code: 0 });
    const other = createServer().listen(insisted, '127.0.0.1');
    await new Promise(resolve => other.once('listening', resolve));
    const refused = await house.decant(['up', own.folder, '-a', own.name, '--force']);
    const started = await house.decant(['start', '-a', own.name]);
    await new Promise(resolve => other.close(resolve));

    expect([refused.code, refused.result.code]).toEqual([3, 'port-taken']);
    expect([started.code, JSON.stringify(started.result)]).toEqual([
      1,
      expect.stringContaining(`port ${insisted} that it needs is in use`),
    ]);
    expect(await house.decant(['start', '-a', own.name])).toMatchObject({ code: 0 });
    expect(await page(own)).toBe('4');
  });

  it('leaves nothing when it is destroyed', async () => {
    await destroyed(own);
  });
});

/** What a WebSocket answers to one short message. */
function said({ port }: Own, word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const asked = request({ host: '127.0.0.1', port, path: '/talk', headers });
    asked.on('error', reject);
    asked.on('response', answer => reject(new Error(`status ${answer.statusCode}`)));
    asked.on('upgrade', (_, socket) => {
      socket.once('data', (frame: Buffer) => {
        socket.destroy();
        resolve(frame.subarray(2).toString());
      });
      // A masked text frame whose mask is zero.
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 + word.length, 0, 0, 0, 0]), Buffer.from(word)]));
    });
    asked.end();
  });
}
