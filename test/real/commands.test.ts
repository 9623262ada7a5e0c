import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { localLayout } from '../../src/base/layout.ts';
import type { ProcessesAnswer } from '../../src/model/answers.ts';
import type { ReleaseRow } from '../../src/model/release-answers.ts';
import { edit, freePort, openHouse, processesOf } from '../support/decant.ts';
import { type Mirror, quick, upMirror } from '../support/mirror.ts';

/** The commands around a live app, one app for all of them, in the order of a working day. */

const house = openHouse();
afterAll(() => house.close());

let mirror: Mirror;
const root = join(house.home, 'apps/mirror');
const numbers = () => readdirSync('/proc').filter(name => /^\d+$/.test(name));

beforeAll(async () => {
  mirror = await upMirror(house);
  await mirror.done('config', 'set', 'GREETING=hello');
  await mirror.update('2');
});

describe('releases', () => {
  it('lists them, newest first', async () => {
    const { result } = await mirror.done('releases');
    const rows = result.releases as ReleaseRow[];
    expect(result).toMatchObject({ schema: 1, app: 'mirror', live: 'v3', previous: 'v2' });
    expect(rows.map(row => [row.release, row.state, row.kind])).toEqual([
      ['v3', 'live', 'deploy'],
      ['v2', 'good', 'config'],
      ['v1', 'good', 'deploy'],
    ]);
    expect((await mirror.done('releases', '-n', '1')).result.releases).toHaveLength(1);
  });

  it('shows one, with what happened to it', async () => {
    const { result } = await mirror.done('releases', 'show', '2');
    expect(result).toMatchObject({ schema: 1, live: false, manifest: { version: 'v2', environment: ['GREETING'] } });
    expect(result.runs).toMatchObject([{ kind: 'config', version: 'v2', outcome: 'done', switched: true }]);
    expect(await mirror.decant('releases', 'show', 'v9')).toMatchObject({
      code: 2,
      result: { code: 'no-such-release' },
    });
  });

  it('says what differs between two', async () => {
    const { result } = await mirror.done('releases', 'diff', 'v1', 'v3');
    expect(result).toMatchObject({
      schema: 1,
      from: 'v1',
      to: 'v3',
      environment: { added: ['GREETING'], changed: [] },
    });
    expect(result.code).toContain('-VERSION = "1"\n+VERSION = "2"\n');
    expect((await mirror.done('releases', 'diff', 'v2', 'v3')).result.environment).toMatchObject({ added: [] });
  });
});

describe('rollback', () => {
  it('goes to the one before that differs, and then to one that is named', async () => {
    expect((await mirror.done('rollback')).result).toMatchObject({
      release: 'v2',
      previous: 'v3',
      environment_changed: [],
    });
    expect(await mirror.answer()).toBe('1');
    expect((await mirror.done('rollback', 'v3')).result).toMatchObject({ release: 'v3', previous: 'v2' });
    expect(await mirror.answer()).toBe('2');
    expect((await mirror.done('rollback', 'v3')).result).toMatchObject({ release: 'v3', changed: false });
    expect(await mirror.decant('rollback', 'v9')).toMatchObject({ code: 2, result: { code: 'no-such-release' } });
  });
});

describe('status', () => {
  it('of a live app has what a person wants to know', async () => {
    const { result } = await mirror.done('status');
    expect(result).toMatchObject({ schema: 1, app: 'mirror', state: 'live', release: 'v3', url: mirror.url });
    expect(result).toMatchObject({ health: { ok: true }, traffic: { errors_5xx: 0 }, holder: null, unfinished: null });
    expect(result.memory_bytes).toBeGreaterThan(10_000_000);
    const told = await house.decant(['status'], { cwd: mirror.folder, json: false });
    expect(told.stdout).toContain(mirror.url);
  });

  it('is unhealthy where its health route says so', async () => {
    const ill = join(root, 'live/code/instance');
    mkdirSync(ill);
    writeFileSync(join(ill, 'ill'), '');
    const { result } = await mirror.done('status');
    rmSync(ill, { recursive: true });
    expect(result).toMatchObject({
      state: 'unhealthy',
      health: { ok: false, message: expect.stringContaining('500') },
    });
  });

  it('is down where everything was killed; start brings it back', async () => {
    const all = await pids();
    // Keeper and front revive each other: both must be still before one dies.
    for (const pid of all) process.kill(pid, 'SIGSTOP');
    for (const pid of all) killed(pid);
    await gone();
    expect((await mirror.done('status')).result).toMatchObject({ state: 'down', release: 'v3', health: null });

    expect((await mirror.done('start')).result).toMatchObject({ release: 'v3', changed: true, url: mirror.url });
    expect(await mirror.answer()).toBe('2');
    expect((await mirror.done('status')).result).toMatchObject({ state: 'live' });
  });

  it('is stopped after stop, which ends every process; start brings the same release back', async () => {
    expect((await mirror.done('stop')).result).toMatchObject({ schema: 1, changed: true });
    expect(processesOf(root, numbers())).toEqual([]);
    await expect(fetch(mirror.url)).rejects.toThrow();
    expect((await mirror.done('status')).result).toMatchObject({ state: 'stopped', release: 'v3' });
    expect((await mirror.done('stop')).result).toMatchObject({ changed: false });

    const squatter = createServer();
    await new Promise<void>(resolve => squatter.listen(Number(new URL(mirror.url).port), '127.0.0.1', resolve));
    expect(await mirror.decant('start')).toMatchObject({
      code: 3,
      result: { code: 'port-taken', evidence: [expect.stringContaining(`${process.pid}`)] },
    });
    await new Promise(resolve => squatter.close(resolve));

    expect((await mirror.done('start')).result).toMatchObject({ release: 'v3', changed: true });
    expect((await mirror.done('start')).result).toMatchObject({ release: 'v3', changed: false });
    expect(await mirror.answer()).toBe('2');
  });
});

describe('ps and apps', () => {
  it('name every process, each once', async () => {
    const { result } = await mirror.done('ps');
    const answer = result as unknown as ProcessesAnswer;
    expect(result).toMatchObject({ schema: 1, live: 'v3', front: { state: 'running' } });
    expect(answer.processes.map(each => [each.name, each.kind, each.state])).toEqual([
      ['v3:web', 'web', 'running'],
      ['v3:worker', 'worker', 'running'],
    ]);
    const told = await house.decant(['ps'], { cwd: mirror.folder, json: false });
    expect(told.stdout).toMatch(/v3:worker|worker/);

    const apps = (await mirror.done('apps')).result;
    expect(apps).toMatchObject({
      schema: 1,
      apps: [{ app: 'mirror', state: 'live', release: 'v3', url: mirror.url, source: mirror.folder }],
    });
  });
});

describe('run and console', () => {
  const shell = {
    SHELL_SECRET: 'leak',
    PYTHONPATH: '/evil',
    FLASK_DEBUG: '1',
    VIRTUAL_ENV: '/evil',
    GREETING: 'shell',
  };
  const run = (words: readonly string[], input = '') =>
    house.decant(words, { cwd: mirror.folder, json: false, env: shell, input });

  it('gives a command exactly the environment of the release', async () => {
    const ended = await run(['run', '--', 'python', '-c', 'import json, os; print(json.dumps(dict(os.environ)))']);
    const environment = JSON.parse(ended.stdout) as Record<string, string>;
    const folder = join(root, 'releases/v3');
    const ours = {
      GREETING: 'hello',
      FLASK_DEBUG: '0',
      FLASK_ENV: 'production',
      FLASK_SKIP_DOTENV: '1',
      FLASK_APP: 'app:app',
    };
    expect(environment).toMatchObject({ ...ours, VIRTUAL_ENV: `${folder}/venv` });
    expect(environment.PATH).toMatch(new RegExp(`^${folder}/site/bin:${folder}/venv/bin:`));

    const machine =
      /^(?:HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TZ|TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|TMPDIR|.*_proxy|.*_PROXY|.*_CERT_.*|.*CA_(?:BUNDLE|CERTS)|.*CAINFO)$/;
    const release = [
      ...Object.keys(ours),
      'PATH',
      'PYTHONPATH',
      'PYTHONUNBUFFERED',
      'VIRTUAL_ENV',
      'GUNICORN_CMD_ARGS',
    ];
    expect(Object.keys(environment).filter(name => !machine.test(name) && !release.includes(name))).toEqual([]);
  });

  it('passes the status and the output of the command', async () => {
    expect((await run(['run', '--', 'false'])).code).toBe(1);
    expect((await run(['run', '--', 'sh', '-c', 'exit 42'])).code).toBe(42);
    expect((await run(['run', '--', 'sh', '-c', 'kill -TERM $$'])).code).toBe(143);
    expect(await run(['run', '--', 'no-such-program'])).toMatchObject({ code: 127 });
    expect(await run(['run', '--', 'flask', 'routes'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('/environment'),
    });
    expect((await run(['run', '--', 'cat'], 'piped through')).stdout).toBe('piped through');
  });

  it('runs in another release, where it is asked to', async () => {
    const words = ['run', '--release', 'v1', '--', 'python', '-c', 'import app; print(app.VERSION)'];
    expect(await run(words)).toMatchObject({ code: 0, stdout: '1\n' });
  });

  it('opens a console that reads what is piped into it', async () => {
    const ended = await run(['console'], 'import os\nprint(app.name, 6 * 7, os.environ["GREETING"])\n');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('app 42 hello');
  });
});

describe('restart', () => {
  it('is a new number of the same build, and fails no request', async () => {
    const stop = new AbortController();
    const rates = { get: 30, fresh: 20, slow: 2 };
    const load = runLoad({ port: mirror.port, seconds: 60, rates, paths: { slow: '/slow' }, signal: stop.signal });
    const { result } = await mirror.done('restart');
    stop.abort();

    expect(result).toMatchObject({ release: 'v4', previous: 'v3', changed: true, environment_changed: [] });
    expect(await load).toMatchObject({ failures: {} });
    expect((await load).requests).toBeGreaterThan(50);
    const diff = (await mirror.done('releases', 'diff', 'v3', 'v4')).result;
    expect(diff).toMatchObject({ code: '', facts: [], packages: [] });
  });
});

describe('lock status', () => {
  it('names who changes the app while it is changed, and nobody afterwards', async () => {
    edit(join(mirror.folder, 'app.py'), 'VERSION = "2"', 'VERSION = "3"');
    let watching = () => {};
    const watched = new Promise<void>(resolve => (watching = resolve));
    const up = house.start(['up', '--watch', '15s'], {
      cwd: mirror.folder,
      onLine: line => line.id === 'watch.http' && watching(),
    });
    await watched;
    const holder = { kind: 'deploy', by: `${userInfo().username}@local`, attached: true };
    expect((await mirror.done('lock', 'status')).result).toMatchObject({ schema: 1, holder });
    expect((await mirror.done('status')).result).toMatchObject({ holder });
    expect(await mirror.decant('restart')).toMatchObject({ code: 7, result: { code: 'locked' } });
    expect(await up.ended).toMatchObject({ code: 0 });
    expect((await mirror.done('lock')).result).toMatchObject({ holder: null });
  });
});

describe('destroy', () => {
  it('asks, and does nothing where nobody can answer', async () => {
    expect(await mirror.decant('destroy')).toMatchObject({ code: 2, result: { ok: false, schema: 1 } });
    expect(await mirror.answer()).toBe('3');
  });

  it('--all removes a home with its tools and caches, and another home never notices', async () => {
    const other = openHouse();
    const folder = other.copy('examples/hello');
    const port = String(await freePort());
    expect(await other.decant(['up', folder, '--port', port, ...quick])).toMatchObject({ code: 0 });
    expect((await other.decant(['apps'])).result.apps).toMatchObject([{ app: 'hello' }]);
    expect((await mirror.done('apps')).result.apps).toMatchObject([{ app: 'mirror' }]);
    expect(await other.decant(['status', '-a', 'mirror'])).toMatchObject({ code: 2, result: { code: 'no-such-app' } });
    const { run } = localLayout(other.home, userInfo().uid, 'hello');
    expect([existsSync(join(other.home, 'tools')), existsSync(run)]).toEqual([true, true]);

    expect(await other.decant(['destroy', '--all', '--yes'])).toMatchObject({ code: 0, result: { apps: ['hello'] } });
    expect([existsSync(other.home), existsSync(run)]).toEqual([false, false]);
    expect(processesOf(other.home, numbers())).toEqual([]);
    expect(await mirror.answer()).toBe('3');
    await other.close();
  });

  it('of one app returns when every process is gone, and leaves nothing of it', async () => {
    const { run } = localLayout(house.home, userInfo().uid, 'mirror');
    const running = await pids();
    expect(running.length).toBeGreaterThan(3);
    const ended = await mirror.done('destroy', '--yes');

    expect(ended.result).toMatchObject({ schema: 1, type: 'result', ok: true, apps: ['mirror'] });
    expect(running.filter(isRunning)).toEqual([]);
    expect(processesOf(root, numbers())).toEqual([]);
    expect([existsSync(root), existsSync(run)]).toEqual([false, false]);
    await expect(fetch(mirror.url)).rejects.toThrow();
    expect(await mirror.decant('status')).toMatchObject({ code: 2, result: { code: 'no-such-app' } });
  });
});

/** The keeper's, the front's, and those of what they keep. */
async function pids(): Promise<number[]> {
  const answer = (await mirror.decant('ps')).result as unknown as ProcessesAnswer;
  const all = [answer.keeper?.pid, answer.front?.pid, ...answer.processes.map(each => each.pid)];
  return all.filter(pid => typeof pid === 'number');
}

/** A whole process group: a master that is killed alone leaves its workers for a moment. */
function killed(pid: number): void {
  process.kill(-pid, 'SIGKILL');
}

async function gone(): Promise<void> {
  for (let tries = 0; processesOf(root, numbers()).length > 0; tries += 1) {
    if (tries > 200) throw new Error('killed processes are still there');
    await wait(50);
  }
}

/** One that has ended may wait for whoever collects it. */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'latin1'));
}
