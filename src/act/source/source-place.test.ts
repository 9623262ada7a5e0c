import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { committed } from '../../../test/support/git-repository.ts';
import type { DecantError } from '../../base/errors.ts';
import type { Context } from '../context.ts';
import { sourcePlace } from './source-place.ts';

const home = mkdtempSync(join(tmpdir(), 'decant-test-'));
const context = { home, cwd: home } as Context;
afterAll(() => rmSync(home, { recursive: true }));

test.each([true, false])(
  'a clone that git refuses says why, and nothing of what decant keeps (kept: %s)',
  async keeps => {
    const error = await sourcePlace(context, 'https://127.0.0.1:1/none.git', { ref: undefined, keeps }).catch(
      (refused: DecantError) => refused,
    );
    const { evidence } = (error as DecantError).trouble;
    expect((error as DecantError).message).toBe('git clone refused.');
    expect(evidence.join('\n')).toContain('none.git');
    expect(evidence.filter(line => /alternate|^info:/.test(line))).toEqual([]);
  },
);

test('a reading that keeps nothing borrows the objects of the clone that is kept', async () => {
  const folder = someRepository();
  await sourcePlace(context, `file://${folder}`, { ref: undefined, keeps: true });

  const place = await sourcePlace(context, `file://${folder}`, { ref: undefined, keeps: false });
  expect(existsSync(join(place.folder, '.git/objects/info/alternates'))).toBe(true);
  await place.remove();
});

describe('a server that never answers', () => {
  /** Its address, when git has reached it, and which processes have that in their arguments. */
  async function silence() {
    const server = createServer();
    const reached = new Promise<void>(resolve => server.once('connection', () => resolve()));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const programs = () =>
      execFileSync('ps', ['-eo', 'args'])
        .toString()
        .split('\n')
        .filter(line => line.includes('git') && line.includes(`http://${host}/`));
    return { url: `http://bob:s3cret@${host}/shop.git`, reached, programs, close: () => server.close() };
  }

  const leftovers = (temporary: string) => [
    ...readdirSync(temporary),
    ...(existsSync(join(home, 'cache/clones')) ? readdirSync(join(home, 'cache/clones')) : []).filter(name =>
      name.includes('.'),
    ),
  ];

  test.each([
    [true, false],
    [false, false],
    [true, true],
  ])('is left at the first Ctrl-C, with nothing behind (kept: %s, fetched: %s)', async (keeps, isFetch) => {
    const { url, reached, programs, close } = await silence();
    const temporary = mkdtempSync(join(home, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    if (isFetch) execFileSync('git', ['clone', '-q', someRepository(), keptClone(url)]);
    const controller = new AbortController();
    const place = sourcePlace({ ...context, signal: controller.signal }, url, { ref: undefined, keeps });
    const cancelled = expect(place).rejects.toMatchObject({ exit: 130, trouble: { code: 'cancelled' } });
    await reached;
    expect(programs()).not.toEqual([]);

    controller.abort();
    await cancelled;
    vi.unstubAllEnvs();
    close();
    await vi.waitFor(() => expect(programs()).toEqual([]));
    expect(leftovers(temporary)).toEqual([]);
  });

  test('is left when decant exits at once', async () => {
    const { url, reached, programs, close } = await silence();
    const temporary = mkdtempSync(join(home, 'tmp-'));
    const code = `import { sourcePlace } from ${JSON.stringify(new URL('source-place.ts', import.meta.url).href)};
      process.on('SIGTERM', () => process.exit(130));
      await sourcePlace({ home: ${JSON.stringify(home)}, cwd: '/', signal: new AbortController().signal },
        ${JSON.stringify(url)}, { ref: undefined, keeps: true });`;
    const decant = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = new Promise(resolve => decant.on('exit', resolve));
    await reached;
    expect(leftovers(temporary).join()).toContain('decant-login-');

    decant.kill();
    expect(await ended).toBe(130);
    close();
    await vi.waitFor(() => expect(programs()).toEqual([]));
    await vi.waitFor(() => expect(leftovers(temporary).filter(name => name.startsWith('decant-'))).toEqual([]));
  });
});

function someRepository(): string {
  const folder = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(folder, 'app.py'), '');
  committed(folder);
  return folder;
}

function keptClone(url: string): string {
  return join(home, 'cache/clones', createHash('sha256').update(url).digest('hex').slice(0, 16));
}
