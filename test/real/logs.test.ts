import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edit, type Line, openHouse } from '../support/decant.ts';
import { type Mirror, quick, upMirror } from '../support/mirror.ts';

/** What the app writes, as `decant logs` shows it. */

const house = openHouse();
afterAll(() => house.close());

let mirror: Mirror;
beforeAll(async () => {
  mirror = await upMirror(house);
  await say(0, 20);
});

const logs = async (...words: readonly string[]) => (await mirror.done('logs', ...words)).lines;
const texts = (lines: readonly Line[]) => lines.map(line => String(line.text));
const numbers = (lines: readonly Line[]) =>
  texts(lines)
    .flatMap(text => /^line (\d+) /.exec(text)?.[1] ?? [])
    .map(Number);

async function say(first: number, lines: number): Promise<void> {
  const answer = await fetch(`${mirror.url}/say?first=${first}&lines=${lines}`, { method: 'POST' });
  expect(await answer.text()).toBe('said');
}

async function until(true_: () => boolean): Promise<void> {
  const began = performance.now();
  while (!true_()) {
    if (performance.now() - began > 30_000) throw new Error(`still not so after 30 s: ${true_}`);
    await wait(50);
  }
}

describe('decant logs', () => {
  it('prints every process of the live release, each line with its place', async () => {
    const lines = await logs();
    expect(lines[0]).toMatchObject({ schema: 1, type: 'line', release: 'v1' });
    expect(numbers(lines)).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect(texts(lines)).toContain('the worker works');
  });

  it('-n prints the last ones, --process those of one process', async () => {
    expect(await logs('-n', '3', '--process', 'web')).toHaveLength(3);
    expect(numbers(await logs('-n', '3', '--process', 'web'))).toEqual([17, 18, 19]);
    expect(texts(await logs('--process', 'worker'))).toEqual(['the worker works']);
  });

  it('--since prints what came later', async () => {
    expect(numbers(await logs('--since', '1h'))).toHaveLength(20);
    expect(await logs('--since', '2100-01-01T00:00:00Z')).toEqual([]);
    expect(await mirror.decant('logs', '--since', 'yesterday')).toMatchObject({ code: 2 });
  });

  it('--release prints those of a candidate that failed', async () => {
    edit(join(mirror.folder, 'app.py'), 'VERSION = "1"', 'raise RuntimeError("broken on purpose")');
    expect(await mirror.decant('up', ...quick)).toMatchObject({ code: 5, result: { ok: false } });

    const lines = await logs('--release', 'v2');
    expect(lines.every(line => line.release === 'v2')).toBe(true);
    expect(texts(lines).join('\n')).toContain('RuntimeError: broken on purpose');
    expect(texts(await logs()).join('\n')).not.toContain('broken on purpose');
    expect(await mirror.decant('logs', '--release', 'v9')).toMatchObject({ code: 2, result: { code: 'no-logs' } });
  });

  it('-f follows over a rotation, and loses and repeats nothing', async () => {
    const seen: Line[] = [];
    const words = ['logs', '-f', '-n', '0', '--process', 'web'];
    const follower = house.start(words, { cwd: mirror.folder, onLine: line => seen.push(line) });
    const rotated = join(house.home, 'apps/mirror/logs/v1/web.log.1');
    const last = () => numbers(seen.slice(-1))[0];
    // Until the follower is at its place, nothing of it can be said.
    let first = 20;
    while (seen.length === 0) {
      await say(first, 1);
      first += 1;
      await wait(100);
    }

    const begun = numbers(seen)[0] ?? 0;
    await say(first, 101_000);
    await until(() => last() === first + 100_999);
    expect(existsSync(rotated)).toBe(false);
    await say(first + 101_000, 5000);
    await until(() => existsSync(rotated) && last() === first + 105_999);
    await say(first + 106_000, 10);
    await until(() => last() === first + 106_009);
    follower.child.kill('SIGINT');
    expect((await follower.ended).code).toBe(130);

    const expected = Array.from({ length: first + 106_010 - begun }, (_, index) => begun + index);
    expect(numbers(seen)).toEqual(expected);
    expect(numbers(await logs('-n', '106000')).slice(-1)).toEqual([first + 106_009]);
  });
});
