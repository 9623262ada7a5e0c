import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import type { ProcessesAnswer } from '../../src/model/answers.ts';
import { openHouse, projectRoot } from '../support/decant.ts';
import { type Mirror, quick, upMirror } from '../support/mirror.ts';

/** A newer decant takes over an app that an older one keeps. */

const house = openHouse();
const copies = mkdtempSync(join(tmpdir(), 'decant-newer-'));
afterAll(async () => {
  await house.close();
  rmSync(copies, { recursive: true, force: true });
});

let mirror: Mirror;
beforeAll(async () => {
  mirror = await upMirror(house);
});

/** A decant whose front and runner have other bytes than the built one's; both do the same. */
function newerDecant(name: string): readonly [string, string] {
  const folder = join(copies, name);
  mkdirSync(folder);
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
  appendFileSync(join(folder, 'dist/front.mjs'), `\n// ${name}\n`);
  commentZip(join(folder, 'dist/runner.pyz'), name);
  return [process.execPath, join(folder, 'bin/decant.js')];
}

/** A zip's comment stands at its end, and its length in the two bytes before it. */
function commentZip(file: string, comment: string): void {
  const bytes = readFileSync(file);
  expect(bytes.readUInt16LE(bytes.length - 2)).toBe(0);
  bytes.writeUInt16LE(comment.length, bytes.length - 2);
  rmSync(file);
  appendFileSync(file, Buffer.concat([bytes, Buffer.from(comment)]), { mode: 0o755 });
}

async function serving() {
  const answer = (await mirror.done('ps')).result as unknown as ProcessesAnswer;
  const command = readFileSync(`/proc/${answer.front?.pid}/cmdline`, 'latin1').split('\0');
  const keeper = readFileSync(`/proc/${answer.keeper?.pid}/cmdline`, 'latin1').split('\0');
  return {
    keeper: answer.keeper?.pid,
    front: answer.front?.pid,
    frontFile: command.find(word => word.endsWith('.mjs')),
    runnerFile: keeper.find(word => word.endsWith('.pyz')),
    web: answer.processes.find(each => each.process === 'web')?.pid,
  };
}

describe('an upgraded decant', () => {
  it.each([
    ['update', ['up', '--force', ...quick]],
    ['restart', ['restart']],
    ['rollback', ['rollback', 'v1']],
  ])('at its next activation (%s) replaces front and keeper without a failed request', async (name, words) => {
    const before = await serving();
    const stop = new AbortController();
    const load = runLoad({
      port: mirror.port,
      seconds: 120,
      rates: { get: 40, fresh: 40, slow: 4 },
      paths: { slow: '/slow' },
      signal: stop.signal,
    });
    const ended = await house.decant(words, { cwd: mirror.folder, program: newerDecant(name) });
    expect({ code: ended.code, result: ended.result, stderr: ended.stderr }).toMatchObject({ code: 0 });
    const after = await serving();
    stop.abort();
    const report = await load;

    expect(report.failures).toEqual({});
    expect(report.requests).toBeGreaterThan(100);
    expect(after.frontFile).not.toBe(before.frontFile);
    expect(after.runnerFile).not.toBe(before.runnerFile);
    expect(after.front).not.toBe(before.front);
    // The keeper becomes the newer program in place: its children and the listening socket stay.
    expect(after.keeper).toBe(before.keeper);
    expect(await mirror.answer()).toBe('1');
  });
});
