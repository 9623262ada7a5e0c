import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { edit, freePort, openHouse, processLines } from '../support/decant.ts';

/** The examples as a newcomer runs them: no configuration, real processes, real pages. */

const house = openHouse();
afterAll(() => house.close());

interface Live {
  readonly folder: string;
  readonly get: (path: string) => Promise<string>;
  readonly url: string;
}

async function live(example: string): Promise<Live> {
  const folder = house.copy(`examples/${example}`);
  const up = await house.decant(['up', folder, '--port', String(await freePort())]);
  expect({ code: up.code, stderr: up.stderr, result: up.result }).toMatchObject({ code: 0, result: { release: 'v1' } });
  const url = String(up.result.url);
  return { folder, url, get: async path => page(url, path) };
}

async function page(url: string, path: string): Promise<string> {
  const answer = await fetch(`${url}${path}`);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}

async function updated({ folder }: Live): Promise<void> {
  const up = await house.decant(['up', folder]);
  expect({ code: up.code, stderr: up.stderr, result: up.result }).toMatchObject({ code: 0, result: { changed: true } });
}

/** Asks until the answer is as wanted, a job being done meanwhile. */
async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const until = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

it('hello', async () => {
  const { get } = await live('hello');
  expect(await get('/')).toContain('Hello from decant');
});

it('prefixed-settings signs its sessions with a key that decant made, and takes a variable', async () => {
  const { url } = await live('prefixed-settings');
  const first = await fetch(url);
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(await first.text()).toBe('plain: visit 1\n');
  const set = await house.decant(['config', 'set', 'FLASK_THEME=dark', '-a', 'prefixed-settings']);
  expect(set.result).toMatchObject({ ok: true, release: 'v2' });
  expect(await (await fetch(url, { headers: { cookie } })).text()).toBe('dark: visit 2\n');
});

it('front-end is built and served, and a build that fails takes nothing from a live release', async () => {
  const { folder, get } = await live('front-end');
  expect(await get('/')).toContain('Built by npm');
  expect(await get('/dist/site.css')).toContain('sans-serif');

  edit(join(folder, 'client/build.js'), "writeFileSync('dist/site.css'", "writeFileSync('dist/other.css'");
  edit(join(folder, 'client/build.js'), "'dist', ", "'nowhere', ");
  const up = await house.decant(['up', folder]);
  expect(up).toMatchObject({ code: 5, result: { ok: false, code: 'front-end-lost' } });
  expect(await get('/')).toContain('Built by npm');
}, 120_000);

it("a front end whose build fails is no reason to refuse a first release: npm's words are told", async () => {
  const folder = house.copy('examples/front-end');
  edit(join(folder, 'client/package.json'), 'node build.js', 'bundle-nowhere build');
  const up = await house.decant(['up', folder, '--port', String(await freePort())]);
  const words = expect.stringMatching(/run build: exited with status 127: .*calls bundle-nowhere.*not found/);
  expect(up).toMatchObject({ code: 0, result: { ok: true, warnings: expect.arrayContaining([words]) } });
  expect(await page(String(up.result.url), '/about')).toContain('<');

  edit(join(folder, 'templates/about.html'), '<', '<!-- changed -->\n<');
  expect(await house.decant(['up', folder])).toMatchObject({ code: 0, result: { release: 'v2' } });
}, 120_000);

it('a front end that can not be built here is missed aloud', async () => {
  const folder = house.copy('examples/front-end');
  edit(join(folder, 'client/build.js'), "'dist/index.html'", "'index.html'");
  edit(join(folder, 'client/build.js'), "writeFileSync('dist/site.css'", "writeFileSync('site.css'");
  const up = await house.decant(['up', folder, '--port', String(await freePort())]);
  expect(up.result).toMatchObject({
    ok: true,
    warnings: expect.arrayContaining(['Look for the files that the app serves: not there: client/dist (app.py:3)']),
  });
});

it('factory-alembic keeps its notes over an update with another migration', async () => {
  const app = await live('factory-alembic');
  expect((await fetch(app.url, { method: 'POST', body: 'milk' })).status).toBe(201);
  writeFileSync(
    join(app.folder, 'migrations/versions/0002_done.py'),
    `"""done"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("note", sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("note", "done")
`,
  );
  await updated(app);
  expect(JSON.parse(await app.get('/'))).toEqual(['milk']);
  expect(await app.get('/healthz')).toBe('ok\n');
});

it('an app that migrates itself is imported alone, and only when its migrations are new', async () => {
  const folder = house.copy('examples/factory-alembic');
  const module = join(folder, 'notes/__init__.py');
  edit(module, 'from flask', 'from alembic import command\nfrom alembic.config import Config\nfrom flask');
  edit(module, 'app = Flask(__name__)', 'app = Flask(__name__)\n    command.upgrade(Config("alembic.ini"), "head")');
  const up = await house.decant(['up', folder, '--port', String(await freePort())]);
  expect(up).toMatchObject({ code: 0, result: { ok: true } });
  const isRun = (lines: typeof up.lines) => lines.some(({ id, state }) => id === 'migrate.run' && state === 'done');
  expect(isRun(up.lines)).toBe(true);
  expect(up.lines).toContainEqual(expect.objectContaining({ type: 'fact', name: 'revision', value: '0001' }));
  expect(await page(String(up.result.url), '/')).toBe('[]\n');

  edit(module, '201', '202');
  const again = await house.decant(['up', folder]);
  expect(again).toMatchObject({ code: 0, result: { release: 'v2' } });
  expect(isRun(again.lines)).toBe(false);
});

it('src-layout answers with new code after an update, and with the old after a rollback', async () => {
  const app = await live('src-layout');
  expect(await app.get('/version')).toBe('1.0.0\n');
  edit(join(app.folder, 'src/worldclock/app.py'), '{__version__}\\n', 'code of {__version__}, changed\\n');
  await updated(app);
  expect(await app.get('/version')).toBe('code of 1.0.0, changed\n');

  edit(join(app.folder, 'pyproject.toml'), 'version = "1.0.0"', 'version = "1.1.0"');
  await updated(app);
  expect(await app.get('/version')).toBe('code of 1.1.0, changed\n');

  expect(await house.decant(['rollback', '-a', 'src-layout'])).toMatchObject({ code: 0, result: { release: 'v2' } });
  expect(await app.get('/version')).toBe('code of 1.0.0, changed\n');
  expect(await house.decant(['rollback', 'v1', '-a', 'src-layout'])).toMatchObject({ code: 0 });
  expect(await app.get('/version')).toBe('1.0.0\n');
});

it('sub-folder', async () => {
  const { get } = await live('sub-folder');
  expect(JSON.parse(await get('/api/temperature?celsius=100'))).toEqual({ celsius: 100, fahrenheit: 212 });
  expect(await get('/')).toContain('<');
});

it.each(['uv-lock', 'poetry', 'pipenv', 'setup-py', 'conda'])('%s', async example => {
  const { get } = await live(example);
  expect(JSON.parse(await get('/words/lees'))).toMatchObject({ word: 'lees' });
});

it('fastapi', async () => {
  const { get } = await live('fastapi');
  expect(JSON.parse(await get('/roll/6'))).toMatchObject({ sides: 6 });
  expect(JSON.parse(await get('/openapi.json'))).toMatchObject({ info: { title: 'Dice' } });
});

it('django: the front serves its static files, the admin’s too, and what was written stays', async () => {
  const app = await live('django');
  expect(await app.get('/')).toContain('Library');
  // Without DEBUG, Django itself serves none of these.
  expect(await app.get('/static/books/shelf.css')).toContain('{');
  expect(await app.get('/admin/login/')).toContain('/static/admin/css/base.css');
  expect(await app.get('/static/admin/css/base.css')).toContain('{');

  const { result } = await house.decant(['status', '-a', 'django']);
  expect(result).toMatchObject({ state: 'live' });
});

describe('procfile-celery', () => {
  it('delivers by its worker, and marks by one scheduler, over an update too', async () => {
    const app = await live('procfile-celery');
    const post = async (text: string) => fetch(app.url, { method: 'POST', body: new URLSearchParams({ text }) });
    const delivered = async (): Promise<{ text: string; delivered: string | null }[]> =>
      JSON.parse(await app.get('/letters'));
    expect((await post('one')).status).toBe(200);
    await eventually(delivered, letters => letters.length === 1 && letters.every(letter => letter.delivered !== null));

    const processes = async () =>
      ((await house.decant(['ps', '-a', 'procfile-celery'])).result.processes as { name: string; state: string }[])
        .filter(({ state }) => state === 'running')
        .map(({ name }) => name)
        .sort();
    expect(await processes()).toEqual(['v1:beat', 'v1:web', 'v1:worker']);

    const schedulers = new Set<number>();
    const watch = setInterval(() => schedulers.add(running('beat --schedule')), 50);
    const file = join(app.folder, 'postbox/web.py');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"/health"', '"/healthy"'));
    await updated(app);
    clearInterval(watch);
    expect(Math.max(...schedulers)).toBe(1);
    expect(await processes()).toEqual(['v2:beat', 'v2:web', 'v2:worker']);

    await post('two');
    const letters = await eventually(delivered, all => all.length === 2 && all.every(each => each.delivered !== null));
    expect(letters.map(({ text }) => text)).toEqual(['one', 'two']);
    await app.get('/healthy');
  });
});

/** How many processes of this house have these words in their command line. */
function running(words: string): number {
  return processLines().filter(line => line.includes(words) && line.includes(house.home)).length;
}
