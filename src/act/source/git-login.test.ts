import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { committed } from '../../../test/support/git-repository.ts';
import type { Context } from '../context.ts';
import { gitLogin } from './git-login.ts';
import { sourcePlace } from './source-place.ts';

const home = mkdtempSync(join(tmpdir(), 'decant-test-'));
const context = { home, cwd: home } as Context;
const password = 'p@ss/w:rd';
const closers: (() => void)[] = [];
let folder = '';
let url = '';

/** The address of a repository as plain files, behind a login. */
async function served(login: string): Promise<URL> {
  const wanted = `Basic ${Buffer.from(login).toString('base64')}`;
  const server = createServer((request, response) => {
    const file = join(folder, '.git', new URL(request.url ?? '', 'http://x').pathname);
    if (request.headers.authorization !== wanted)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="code"' }).end();
    else if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function withUser(address: URL, user: string): string {
  return `${address.protocol}//${user}@${address.host}/`;
}

/** A helper of the person's own, which writes down what it is told. */
function personalHelper(answer: string): string {
  const told = join(mkdtempSync(join(home, 'person-')), 'told');
  const helper = `!f() { echo "$1" >>'${told}'; cat >>'${told}'; test "$1" = get && printf '${answer}'; }; f`;
  execFileSync('git', ['config', '--global', 'credential.helper', helper]);
  writeFileSync(told, '');
  return told;
}

beforeAll(async () => {
  folder = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(folder, 'app.py'), '');
  committed(folder);
  execFileSync('git', ['-C', folder, 'update-server-info']);
  url = withUser(await served(`bob:${password}`), `bob:${encodeURIComponent(password)}`);
});
beforeEach(() => void vi.stubEnv('GIT_CONFIG_GLOBAL', join(mkdtempSync(join(home, 'settings-')), 'config')));
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => {
  for (const close of closers) close();
  rmSync(home, { recursive: true });
});

async function filesOf(source: string): Promise<string> {
  const place = await sourcePlace(context, source, { ref: undefined, keeps: true });
  return execFileSync('git', ['-C', place.folder, 'ls-tree', '--name-only', 'origin/HEAD']).toString();
}

/** What the clones that decant keeps say of a text. */
function mentions(text: string): string[] {
  const found = spawnSync('grep', ['-rlF', text, join(home, 'cache')]);
  return found.stdout.toString().split('\n').filter(Boolean);
}

test('a repository behind a login is cloned and fetched, and the clone does not know the password', async () => {
  for (const _ of ['cloned', 'fetched']) {
    expect(await filesOf(url)).toBe('app.py\n');
    expect(mentions('bob')).toEqual([]);
  }
});

test('a clone of old that knows the password forgets it at the next fetch', async () => {
  const old = withUser(await served('old:s3cret'), 'old:s3cret');
  const { folder: kept } = await sourcePlace(context, old, { ref: undefined, keeps: true });
  execFileSync('git', ['-C', kept, 'remote', 'set-url', 'origin', old]);
  expect(mentions('s3cret')).toHaveLength(1);

  expect(await filesOf(old)).toBe('app.py\n');
  expect(mentions('s3cret')).toEqual([]);
});

test('a token alone is a login too, which no helper and no clone learns', async () => {
  const address = await served('t0ken/1:');
  const told = personalHelper('');

  for (const _ of ['cloned', 'fetched']) expect(await filesOf(withUser(address, 't0ken%2F1'))).toBe('app.py\n');
  expect(mentions('t0ken')).toEqual([]);
  expect(readFileSync(told, 'utf8')).not.toMatch(/^store/m);
});

test("a name alone gets its password from the person's own helper, which is asked for that name", async () => {
  const address = await served('ann:own');
  const told = personalHelper('password=own\\n');

  expect(await filesOf(withUser(address, 'ann'))).toBe('app.py\n');
  expect(readFileSync(told, 'utf8')).toMatch(/^get\n(.+\n)*username=ann$/m);
});

test('a user alone goes to no other host', async () => {
  const login = await gitLogin('https://t0ken@example.org/a.git');
  const filled = (host: string) =>
    spawnSync('git', [...login.words, 'credential', 'fill'], {
      input: `protocol=https\nhost=${host}\n\n`,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    }).stdout.toString();

  expect(filled('example.org')).toContain('username=t0ken');
  expect(filled('example.com')).toBe('');
  await login.remove();
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

test.each(['t0ken', 't0ken:', ':t0ken'])('a token (%s) is in no argument', async user => {
  const login = await gitLogin(`https://${user}@example.org/a.git`);
  expect([login.url, ...login.words].join(' ')).not.toContain('t0ken');
  await login.remove();
});

test.each(['git@example.org:a/b.git', 'ssh://git@example.org/a', '/srv/a', 'https://example.org/a'])(
  '%s has no password',
  async text => {
    expect(await gitLogin(text)).toMatchObject({ url: text, words: [] });
  },
);
