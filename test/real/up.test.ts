import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, edit, freePort, openHouse } from '../support/decant.ts';
import { fingerprint } from '../support/fingerprint.ts';
import { commitAll, committed, git } from '../support/git-repository.ts';

/** Where a release may come from, with the built decant, and what `up` says and keeps of it. */

const house = openHouse();
afterAll(() => house.close());

const appFolder = (app: string) => join(house.home, 'apps', app);
const journal = (app: string) => readFileSync(join(appFolder(app), 'journal.jsonl'), 'utf8');
const manifest = (app: string, version: string) =>
  JSON.parse(readFileSync(join(appFolder(app), 'releases', version, 'manifest.json'), 'utf8'));
const notes = ({ lines }: Ended) => lines.filter(line => line.type === 'note').map(line => String(line.text));

async function page(ended: Ended): Promise<string> {
  return (await fetch(String(ended.result.url))).text();
}

async function up(words: readonly string[]): Promise<Ended> {
  const ended = await house.decant(['up', ...words, '--watch', '300ms']);
  expect({ code: ended.code, result: ended.result, stderr: ended.stderr }).toMatchObject({ code: 0 });
  return ended;
}

/** Signs the guestbook as a browser does: with the form's token and the session's cookie. */
async function sign(url: string, name: string, message: string): Promise<Response> {
  const form = await fetch(url);
  const token = /name="csrf_token" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
  const cookie = form.headers.getSetCookie().map(text => text.split(';')[0]);
  const body = new URLSearchParams({ csrf_token: token, name, message });
  return fetch(`${url}/entries`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie: cookie.join('; ') },
  });
}

describe('guestbook from a folder without git', () => {
  const words = 'I was here before the update';
  let folder = '';
  let url = '';

  beforeAll(async () => {
    folder = house.copy('examples/guestbook');
    const ended = await up([folder, '--port', String(await freePort())]);
    expect(ended.result).toMatchObject({ release: 'v1', previous: null, changed: true, generated: ['SECRET_KEY'] });
    url = String(ended.result.url);
  });

  it('lets visitors sign, and refuses a form without its token', async () => {
    expect((await sign(url, 'Ana', words)).status).toBe(303);
    expect(await (await fetch(url)).text()).toContain(words);

    const forged = await fetch(`${url}/entries`, { method: 'POST', body: new URLSearchParams({ name: 'Eve' }) });
    expect(forged.status).toBe(400);
  });

  it('says that nothing changed, and does nothing', async () => {
    const before = journal('guestbook');
    const ended = await up([folder]);

    expect(ended.result).toMatchObject({ release: 'v1', changed: false });
    expect(ended.lines.filter(line => line.type === 'step')).toEqual([]);
    expect(journal('guestbook')).toBe(before);
    const told = await house.decant(['up', folder], { json: false });
    expect(told.stdout).toContain('nothing changed, nothing was done');
    expect(journal('guestbook')).toBe(before);
  });

  it('keeps what visitors wrote over an update and a rollback', async () => {
    edit(join(folder, 'guestbook/templates/base.html'), 'Edition 1', 'Edition 2');
    const updated = await page(await up([folder]));
    expect(updated).toContain('Edition 2');
    expect(updated).toContain(words);

    expect((await sign(url, 'Ben', 'and I after it')).status).toBe(303);
    const back = await house.decant(['rollback', '-a', 'guestbook']);
    expect(back).toMatchObject({ code: 0, result: { release: 'v1', previous: 'v2' } });
    const rolledBack = await page(back);
    expect(rolledBack).toContain('Edition 1');
    expect(rolledBack).toContain(words);
    expect(rolledBack).toContain('and I after it');
  });

  it('leaves a development database behind, and says so; --with-state takes it along', async () => {
    const other = house.copy('examples/guestbook');
    const database = join(appFolder('guestbook'), 'shared/instance');
    cpSync(database, join(other, 'instance'), { recursive: true });
    mkdirSync(join(other, 'instance/notes'));
    writeFileSync(join(other, 'instance/notes/one.txt'), 'deep');
    const before = fingerprint(other);

    const without = await up([other, '-a', 'without', '--port', String(await freePort())]);
    expect(without.result).toMatchObject({ not_copied: ['instance/ (ignored by git)'] });
    expect(await page(without)).not.toContain(words);

    const withState = await up([other, '-a', 'with', '--with-state', '--port', String(await freePort())]);
    expect(withState.result).toMatchObject({ release: 'v1', not_copied: [] });
    expect(await page(withState)).toContain(words);
    expect(readFileSync(join(appFolder('with'), 'shared/instance/notes/one.txt'), 'utf8')).toBe('deep');
    expect(fingerprint(other)).toEqual(before);

    const again = await up([other, '-a', 'with', '--with-state', '--force']);
    expect(notes(again).join()).toContain('--with-state copies nothing');
    expect(await page(again)).toContain(words);
  });
});

describe('a git repository', () => {
  let folder = '';
  let bare = '';
  let first = '';

  beforeAll(() => {
    folder = house.copy('examples/hello');
    first = committed(folder);
    git(folder, 'tag', 'v1.0');
    edit(join(folder, 'app.py'), 'version 1', 'version 2');
    commitAll(folder, 'Second commit');
    git(folder, 'branch', 'stable', 'v1.0');
    bare = join(folder, '../bare.git');
    git(folder, 'clone', '--quiet', '--bare', folder, bare);
  });

  it('that is clean keeps its commit and is not written', async () => {
    const before = fingerprint(folder);
    const ended = await up([folder, '-a', 'tree', '--port', String(await freePort())]);

    const commit = git(folder, 'rev-parse', 'HEAD');
    expect(ended.result).toMatchObject({ commit, subject: 'Second commit', dirty: false });
    expect(await page(ended)).toContain('version 2');
    expect(manifest('tree', 'v1')).toMatchObject({ commit, source: commit, dirty: false, ref: 'main' });
    expect(fingerprint(folder)).toEqual(before);
  });

  it('that is dirty goes live as it lies there: said, and recorded', async () => {
    edit(join(folder, 'app.py'), 'version 2', 'version 3');
    const before = fingerprint(join(folder, '.git'));
    const ended = await house.decant(['up', folder, '-a', 'tree'], { json: false });

    expect({ code: ended.code, stderr: ended.stderr }).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('changes that no commit holds');
    const head = git(folder, 'rev-parse', 'HEAD');
    expect(manifest('tree', 'v2')).toMatchObject({ source: head, dirty: true, subject: 'Second commit' });
    const [told, all] = await Promise.all([house.decant(['status', '-a', 'tree']), house.decant(['apps'])]);
    expect(told.result).toMatchObject({ release: 'v2', dirty: true });
    expect(all.result.apps).toContainEqual(expect.objectContaining({ app: 'tree', dirty: true }));
    expect(manifest('tree', 'v2').commit).not.toBe(head);
    expect(fingerprint(join(folder, '.git'))).toEqual(before);
  });

  it('at REF goes live as that commit, whatever lies in the folder', async () => {
    const ended = await up([folder, 'v1.0', '-a', 'tree']);

    expect(ended.result).toMatchObject({ commit: first, dirty: false });
    expect(await page(ended)).toContain('version 1');
    expect(manifest('tree', 'v3')).toMatchObject({ commit: first, source: first, ref: 'v1.0' });
  });

  it('has no such REF: exit 2, nothing done', async () => {
    const before = journal('tree');
    const ended = await house.decant(['up', folder, 'v9.9', '-a', 'tree']);
    expect(ended).toMatchObject({ code: 2, result: { ok: false, code: 'unknown-ref' } });
    expect(journal('tree')).toBe(before);
  });

  it('that is bare, by its path: its head, then what was pushed, then a branch', async () => {
    const ended = await up([bare, '--port', String(await freePort())]);
    expect(ended.result).toMatchObject({ app: 'bare', subject: 'Second commit', dirty: false });
    expect(await page(ended)).toContain('version 2');

    commitAll(folder, 'Third commit');
    git(folder, 'push', '--quiet', bare, 'main');
    expect(await page(await up([bare]))).toContain('version 3');
    expect(await page(await up([bare, 'stable']))).toContain('version 1');
  });

  it('by a file:// URL', async () => {
    const url = pathToFileURL(bare).href;
    const ended = await up([url, '-a', 'remote', '--port', String(await freePort())]);
    expect(ended.result).toMatchObject({ app: 'remote', subject: 'Third commit' });
    expect(await page(ended)).toContain('version 3');

    const refused = await house.decant(['up', url, '-a', 'remote', '--with-state']);
    expect(refused).toMatchObject({ code: 2, result: { code: 'no-folder-state' } });
    const unknown = await house.decant(['up', pathToFileURL(join(bare, '../nobody.git')).href]);
    expect(unknown).toMatchObject({ code: 3, result: { code: 'git-refused' } });
  });
});

describe('a src layout', () => {
  it('really changes its answer with an update of the code alone, and back with a rollback', async () => {
    const folder = house.copy('examples/src-layout');
    const first = await up([folder, '--port', String(await freePort())]);
    const answer = async () => (await fetch(`${first.result.url}/version`)).text();
    const before = await answer();
    edit(join(folder, 'src/worldclock/app.py'), 'f"{__version__}', 'f"{__version__}, second edition');

    expect(await up([folder])).toMatchObject({ result: { release: 'v2', changed: true } });
    expect(await answer()).toBe(`${before.trim()}, second edition\n`);
    expect(manifest('src-layout', 'v2').venv).toBe(manifest('src-layout', 'v1').venv);
    expect(await house.decant(['rollback', '-a', 'src-layout'])).toMatchObject({ code: 0 });
    expect(await answer()).toBe(before);
  });
});

describe('names and ports', () => {
  let holder: Server | null = null;
  afterAll(() => holder?.close());

  it('gives a taken name a suffix, and the next free port where 8000 is taken; both are said, and kept', async () => {
    // Where somebody else holds it, it is taken just as well.
    holder = await new Promise(resolve => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(8000, '127.0.0.1', () => resolve(server));
    });
    const [one, other] = [house.copy('examples/hello'), house.copy('examples/hello')];
    const first = await up([one]);
    const second = await up([other]);

    expect([first.result.app, second.result.app]).toEqual(['hello', 'hello-2']);
    expect(notes(second).join('\n')).toMatch(/The name hello is taken: this app is hello-2/);
    const [port, next] = [first, second].map(ended => Number(String(ended.result.url).split(':').at(-1)));
    expect(port).toBeGreaterThan(8000);
    expect(next).toBeGreaterThan(port ?? 0);
    expect(notes(first).join('\n')).toContain(`Port 8000 is taken: hello gets ${port}`);
    edit(join(one, 'app.py'), 'version 1', 'version 2');
    expect((await up([one])).result.url).toBe(`http://127.0.0.1:${port}`);
  });

  it('says nothing of a port to somebody whose app is refused', async () => {
    const folder = join(house.copy('examples/hello'), '../no-app');
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'no app\n');
    const refused = await house.decant(['up', folder]);

    expect(refused).toMatchObject({ code: 3, result: { code: 'no-app-found' } });
    expect(notes(refused)).toEqual([]);
  });

  it('refuses a port that was asked for and is taken, and names its holder', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
    const ended = await house.decant(['up', house.copy('examples/hello'), '-a', 'late', '--port', String(port)]);
    server.close();

    expect(ended).toMatchObject({ code: 3, result: { ok: false, code: 'port-taken' } });
    expect(JSON.stringify(ended.result)).toContain(String(process.pid));
    expect(ended.result.state).toMatch(/Nothing/);
  });

  it('names the app of decant that has it', async () => {
    const port = await freePort();
    await house.decant(['up', house.copy('examples/hello'), '-a', 'first', '--port', String(port)]);
    const ended = await house.decant(['up', house.copy('examples/hello'), '-a', 'late', '--port', String(port)]);

    expect(ended).toMatchObject({
      code: 3,
      result: {
        code: 'port-taken',
        evidence: [expect.stringMatching(/ which serves first$/)],
        next: [expect.any(String), expect.stringContaining('decant stop -a first')],
      },
    });
  });
});

describe('.env and .flaskenv', () => {
  let folder = '';
  const seen = async (ended: Ended, path: string) => (await fetch(`${ended.result.url}${path}`)).json();

  beforeAll(() => {
    folder = house.copy('test/apps/mirror');
    writeFileSync(join(folder, '.gitignore'), '.env\n');
    writeFileSync(join(folder, '.flaskenv'), 'FLASK_DEBUG=1\nFROM_FLASKENV=committed\n');
    committed(folder);
    writeFileSync(join(folder, '.env'), "FROM_ENV='only here'\nFROM_FLASKENV=stronger\n");
  });

  it('are both read from a folder, and never switch debug on', async () => {
    const ended = await up([folder, '-a', 'env', '--port', String(await freePort())]);

    expect(await seen(ended, '/environment')).toMatchObject({ FROM_ENV: 'only here', FROM_FLASKENV: 'stronger' });
    expect(await seen(ended, '/environment')).toMatchObject({ FLASK_DEBUG: '0', FLASK_SKIP_DOTENV: '1' });
    expect(await seen(ended, '/debug')).toEqual({ debug: false });
    const { variables } = (await house.decant(['config', 'list', '-a', 'env'])).result;
    expect(variables).toContainEqual(expect.objectContaining({ name: 'FROM_ENV', origin: '.env' }));
  });

  it('of a REF are only the committed ones', async () => {
    const ended = await up([folder, 'main', '-a', 'env-ref', '--port', String(await freePort())]);
    const environment = await seen(ended, '/environment');
    expect(environment).toMatchObject({ FROM_FLASKENV: 'committed', FLASK_DEBUG: '0' });
    expect(environment).not.toHaveProperty('FROM_ENV');
  });
});
