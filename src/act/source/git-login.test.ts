import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { committed } from '../../../test/support/git-repository.ts';
import type { Context } from '../context.ts';
import { gitLogin } from './git-login.ts';
import { sourcePlace } from './source-place.ts';

const home = mkdtempSync(join(tmpdir(), 'decant-test-'));
const context = { home, cwd: home } as Context;
const password = 'p@ss/w:rd';
let server: Server;
let url = '';

/** A repository as plain files, behind a login. */
beforeAll(async () => {
  const folder = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(folder, 'app.py'), '');
  committed(folder);
  execFileSync('git', ['-C', folder, 'update-server-info']);
  const wanted = `Basic ${Buffer.from(`bob:${password}`).toString('base64')}`;
  server = createServer((request, response) => {
    const file = join(folder, '.git', new URL(request.url ?? '', 'http://x').pathname);
    if (request.headers.authorization !== wanted)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="code"' }).end();
    else if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://bob:${encodeURIComponent(password)}@127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true });
});

test('a repository behind a login is cloned and fetched, and the clone does not know the password', async () => {
  for (const _ of ['cloned', 'fetched']) {
    const place = await sourcePlace(context, url, { ref: undefined, keeps: true });
    const files = execFileSync('git', ['-C', place.folder, 'ls-tree', '--name-only', 'origin/HEAD']).toString();
    expect(files).toBe('app.py\n');
    expect(readFileSync(join(place.folder, '.git/config'), 'utf8')).not.toContain('bob');
  }
});

test('a wrong password is refused', async () => {
  const wrong = url.replace(encodeURIComponent(password), 'wrong');
  await expect(sourcePlace(context, wrong, { ref: undefined, keeps: false })).rejects.toMatchObject({
    trouble: { code: 'git-refused' },
  });
});

test('the password is in no argument, and in a file of this user alone while git works', async () => {
  const login = await gitLogin('https://bob:s3cret@example.org/a.git');
  const file = /--file=(.*)$/.exec(login.words.at(-1) ?? '')?.[1] ?? '';
  expect([login.url, ...login.words].join(' ')).not.toContain('s3cret');
  expect(login.url).toBe('https://example.org/a.git');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await login.remove();
  expect(existsSync(file)).toBe(false);
});

test.each(['git@example.org:a/b.git', 'ssh://git@example.org/a', '/srv/a', 'https://example.org/a'])(
  '%s has no password',
  async text => {
    expect(await gitLogin(text)).toMatchObject({ url: text, words: [] });
  },
);
