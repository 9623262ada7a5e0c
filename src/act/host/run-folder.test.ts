import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frontStats } from '../gather/front-stats.ts';
import { hasKeeper } from './keeper-end.ts';
import { isOwnRunFolder } from './run-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'decant-run-'));
const run = join(folder, 'app');
const server = createServer((_request, response) => response.end('{"pid":7}'));
// A line that is no request is answered 400: that counts as a keeper's word, too.
const keeper = createServer();

beforeAll(async () => {
  mkdirSync(run, { mode: 0o700 });
  await new Promise<void>(resolve => server.listen(join(run, 'front.sock'), resolve));
  await new Promise<void>(resolve => keeper.listen(join(run, 'keep.sock'), resolve));
});
afterAll(() => {
  server.close();
  keeper.close();
  rmSync(folder, { recursive: true });
});

it('asks the sockets of a folder of ours', async () => {
  expect([isOwnRunFolder(run), await frontStats(run), await hasKeeper(run)]).toEqual([true, { pid: 7 }, true]);
});

it('asks nobody in a folder that others may write to, or that a link leads to, or that is not there', async () => {
  const link = join(folder, 'link');
  symlinkSync(run, link);
  for (const other of [link, join(folder, 'none')])
    expect([await frontStats(other), await hasKeeper(other)]).toEqual([undefined, false]);

  chmodSync(run, 0o770);
  expect([await frontStats(run), await hasKeeper(run)]).toEqual([undefined, false]);
  chmodSync(run, 0o700);
});
