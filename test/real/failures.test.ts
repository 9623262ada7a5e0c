import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, edit, freePort, type House, openHouse, processesOf } from '../support/decant.ts';
import { probe } from '../support/prober.ts';

/** Every way to fail of a release, with the built decant: what is said, what is left, and who serves meanwhile. */

const house = openHouse();
afterAll(() => house.close());

const processes = () => readdirSync('/proc').filter(name => /^\d+$/.test(name));
const releasesOf = (app: string, home = house.home) => names(join(home, 'apps', app, 'releases'));
const names = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** All four parts are there, and the exit code is the world's. */
function expectTrouble(ended: Ended, exit: number, code: string): void {
  expect({ exit: ended.code, code: ended.result.code, stderr: ended.stderr }).toMatchObject({ exit, code });
  expect(ended.result).toMatchObject({
    ok: false,
    what: expect.stringMatching(/\S/),
    state: expect.stringMatching(/\S/),
  });
  expect(ended.result.evidence).not.toEqual([]);
  expect(ended.result.next).not.toEqual([]);
}

describe('a first release that fails', () => {
  it.each([
    ['broken-import', 'app-import-error'],
    ['broken-missing-module', 'missing-module'],
    ['broken-missing-variable', 'missing-variable'],
    ['broken-missing-file', 'missing-file'],
    ['broken-migration', 'migration-failed'],
    ['broken-exit', 'exit-at-import'],
    ['broken-health', 'health-failed'],
  ])('%s is the person’s to mend, and leaves its logs and nothing else', async (example, code) => {
    const folder = house.copy(`examples/${example}`);
    const ended = await house.decant(['up', folder, '-a', example, '--port', String(await freePort())]);
    expectTrouble(ended, 3, code);
    const warned = ended.lines.some(({ type, text }) => type === 'note' && /CURRENCY=… -a broken/.test(String(text)));
    expect(warned).toBe(code === 'missing-variable');
    // Seen by what its workers do, long before the deadline.
    if (code === 'exit-at-import') expect(JSON.stringify(ended.lines)).toContain('end as soon as they start');

    const root = join(house.home, 'apps', example);
    expect(releasesOf(example)).toEqual([]);
    expect(names(join(root, 'shared'))).toEqual([]);
    expect(existsSync(join(root, 'live'))).toBe(false);
    expect(processesOf(root, processes())).toEqual([]);
    const logs = await house.decant(['logs', '--release', 'v1', '-a', example]);
    expect({ code: logs.code, logged: logs.lines.length > 0 }).toEqual({ code: 0, logged: true });

    const { result } = await house.decant(['releases', 'show', 'v1', '-a', example]);
    expect(result).toMatchObject({ state: 'failed', manifest: null, kept: false, logs: join(root, 'logs/v1') });
    expect(result.note).toMatch(/^failed: /);
    if (code === 'missing-module') expect(result.evidence).toContain('    import yaml');
  });
});

it('a settings file is brought with the command that the error prints', async () => {
  const folder = house.copy('examples/broken-missing-file');
  const up = [folder, '-a', 'bringing', '--port', String(await freePort())];
  const failed = await house.decant(['up', ...up]);
  const [command = ''] = (failed.result as { next: string[] }).next;
  execFileSync('/bin/sh', ['-c', command], { cwd: join(house.home, '..') });
  const live = await house.decant(['up', ...up]);
  expect(live.result).toMatchObject({ ok: true, release: 'v2', not_copied: [] });
  expect(await (await fetch(String(live.result.url))).text()).toBe('Every place has its own\n');
});

describe('an update that fails', () => {
  const app = 'shop';
  let folder = '';
  let url = '';
  let good = '';

  beforeAll(async () => {
    folder = house.copy('examples/hello');
    const up = await house.decant(['up', folder, '-a', app, '--port', String(await freePort())]);
    expect(up).toMatchObject({ code: 0 });
    url = String(up.result.url);
    good = await (await fetch(url)).text();
  });

  /** Runs it under a prober; the old release must serve, and nothing of the new one may be left but its logs. */
  async function failing(words: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const before = releasesOf(app);
    const prober = probe(url);
    const ended = await house.decant(['up', folder, '-a', app, ...words], { env });
    const { failures, requests } = await prober.stop();

    expect({ failures, result: ended.result, asked: requests > 2 }).toMatchObject({ failures: [], asked: true });
    expect(await (await fetch(url)).text()).toBe(good);
    expect(releasesOf(app)).toEqual(before);
    const { result } = await house.decant(['ps', '-a', app]);
    expect(result.processes).toMatchObject([{ name: `${before.at(-1)}:web`, state: 'running' }]);
    return ended;
  }

  /** The release's number is in the command that shows its logs. */
  async function logsOf(ended: Ended): Promise<readonly string[]> {
    const command = (ended.result.next as string[]).find(line => line.startsWith('decant logs --release '));
    const words = command?.split(' ').slice(1) ?? [];
    return (await house.decant(words)).lines.map(line => String(line.text));
  }

  it.each([
    ['an import error', 'from flask import Flask, nothing_like_that\napp = Flask(__name__)\n', 'app-import-error'],
    ['a missing module', 'import stripe_of_nobody\nfrom flask import Flask\napp = Flask(__name__)\n', 'missing-module'],
    [
      'sys.exit at import',
      'import sys\nfrom flask import Flask\napp = Flask(__name__)\nsys.exit("no licence")\n',
      'exit-at-import',
    ],
    [
      'health that says 500',
      'from flask import Flask\napp = Flask(__name__)\n@app.get("/")\ndef index():\n    return {}["coffee"]\n',
      'health-failed',
    ],
    [
      '404 where the live release has a page',
      'from flask import Flask\napp = Flask(__name__)\n@app.get("/other")\ndef other():\n    return "other"\n',
      'health-failed',
    ],
  ])('by %s', async (_, text, code) => {
    const file = join(folder, 'app.py');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, text);
    const ended = await failing();
    writeFileSync(file, before);

    expectTrouble(ended, 5, code);
    expect(await logsOf(ended)).not.toEqual([]);
  });

  it('by a death after the first answer: the old one is put back', async () => {
    const file = join(folder, 'app.py');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, crashing);
    const ended = await house.decant(['up', folder, '-a', app]);
    writeFileSync(file, before);

    expectTrouble(ended, 5, 'crash-after-start');
    expect(await (await fetch(url)).text()).toBe(good);
    expect(await logsOf(ended)).not.toEqual([]);
  });

  it('by a pin that does not exist', async () => {
    const file = join(folder, 'requirements.txt');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'Flask==99.0\n');
    const ended = await failing();
    writeFileSync(file, before);

    expectTrouble(ended, 5, 'bad-pin');
    expect(ended.lines.filter(line => line.type === 'hello')).toHaveLength(1);
    expect(await logsOf(ended)).not.toEqual([]);
  });

  it('by an index that nobody answers for', async () => {
    const index = `http://127.0.0.1:${await freePort()}/simple`;
    expectTrouble(await failing([], { PIP_INDEX_URL: index, PIP_NO_CACHE_DIR: '1' }), 5, 'index-unreachable');
  });

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  it.skipIf(!hasOpenssl)('by a certificate that nobody trusts', async () => {
    const place = mkdtempSync(join(tmpdir(), 'decant-tls-'));
    const [key, cert] = [join(place, 'key.pem'), join(place, 'cert.pem')];
    const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...words, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => answer.end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const ended = await failing([], { PIP_INDEX_URL: `https://localhost:${port}/simple` });
    server.close();
    rmSync(place, { recursive: true });

    expectTrouble(ended, 5, 'certificate-untrusted');
  });

  it('by a missing variable, and the printed command mends it', async () => {
    writeFileSync(join(folder, 'app.py'), needy);
    const ended = await failing();
    expectTrouble(ended, 5, 'missing-variable');

    const [command = ''] = ended.result.next as string[];
    expect(command).toMatch(/^decant config set STRIPE_KEY=… MAIL_PASSWORD=… -a shop$/);
    const set = await house.decant(command.replaceAll('…', 'x').split(' ').slice(1));
    expect(set).toMatchObject({ code: 0 });
    expect(await house.decant(['up', folder, '-a', app])).toMatchObject({ code: 0, result: { changed: true } });
    expect(await (await fetch(url)).text()).toBe('paid');
  });
});

describe('a migration that fails over a live release', () => {
  it('puts the database back, and the old release serves', async () => {
    const folder = house.copy('examples/broken-migration');
    const bad = join(folder, 'migrations/versions/0002_paid.py');
    const text = readFileSync(bad, 'utf8');
    rmSync(bad);
    edit(join(folder, 'shop/models.py'), 'paid', '# paid');
    const up = await house.decant(['up', folder, '-a', 'orders', '--port', String(await freePort())]);
    expect(up).toMatchObject({ code: 0, result: { release: 'v1' } });
    const root = join(house.home, 'apps/orders');
    const database = databases(root)[0] ?? '';
    query(database, 'insert into "order" (item) values (\'tea\')');
    const before = query(database, 'select * from "order"');

    writeFileSync(
      bad,
      text.replace('    op.add_column', '    op.execute(\'update "order" set item = 0\')\n    op.add_column'),
    );
    const prober = probe(String(up.result.url));
    const ended = await house.decant(['up', folder, '-a', 'orders']);
    expect(await prober.stop()).toMatchObject({ failures: [] });

    expectTrouble(ended, 5, 'migration-failed');
    expect(query(database, 'select * from "order"')).toBe(before);
    expect(ended.result.state).toContain('The database is as it was before the migration.');
    expect(query(database, 'select version_num from alembic_version')).toContain('0001');
    expect(releasesOf('orders')).toEqual(['v1']);
    expect((await house.decant(['logs', '--release', 'v2', '-a', 'orders'])).lines).not.toEqual([]);
  });
});

describe('what is refused before anything is built', () => {
  it('an explicit port that is taken, naming who has it', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const ended = await house.decant(['up', house.copy('examples/hello'), '-a', 'late', '--port', String(port)]);
    server.close();

    expectTrouble(ended, 3, 'port-taken');
    expect(JSON.stringify(ended.result.evidence)).toContain(`${process.pid}`);
    expect(releasesOf('late')).toEqual([]);
  });

  it('a folder without an app', async () => {
    const folder = house.copy('examples/hello');
    writeFileSync(join(folder, 'app.py'), 'print("no app here")\n');
    const ended = await house.decant(['up', folder, '-a', 'nothing']);
    expectTrouble(ended, 3, 'no-app-found');
    expect(releasesOf('nothing')).toEqual([]);
  });

  it('a Python that is not here', async () => {
    const folder = house.copy('examples/src-layout');
    const file = join(folder, 'pyproject.toml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/requires-python = .*/, 'requires-python = ">=3.99"'));
    const ended = await house.decant(['up', folder, '-a', 'future']);
    expectTrouble(ended, 3, 'no-python-fits');
    expect(releasesOf('future')).toEqual([]);
  });
});

/** A small file system of its own, where the machine lets us mount one. */
const small = mkdtempSync(join(tmpdir(), 'decant-small-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=420m', 'tmpfs', small]).status === 0;

describe.skipIf(!mounted)('a disk that is full', () => {
  let inner: House;
  let folder = '';
  let url = '';
  const room = () => Math.floor((statfsSync(small).bavail * statfsSync(small).bsize) / 2 ** 20);
  const fillUpTo = (mebibytes: number) =>
    writeFileSync(join(small, `filler-${mebibytes}`), Buffer.alloc(Math.max(0, room() - mebibytes) * 2 ** 20));

  beforeAll(async () => {
    inner = openHouse(small);
    folder = inner.copy('examples/hello');
    const up = await inner.decant(['up', folder, '-a', 'full', '--port', String(await freePort())]);
    expect(up).toMatchObject({ code: 0 });
    url = String(up.result.url);
  });

  afterAll(async () => {
    for (const name of readdirSync(small).filter(each => each.startsWith('filler'))) rmSync(join(small, name));
    await inner.close();
    execFileSync('umount', [small]);
    rmSync(small, { recursive: true });
  });

  it('in the middle of a build is taken back, and the old release serves', async () => {
    mkdirSync(join(folder, 'static'));
    writeFileSync(join(folder, 'static/large.bin'), Buffer.alloc(90 * 2 ** 20, 'x'));
    fillUpTo(70);
    const prober = probe(url);
    const ended = await inner.decant(['up', folder, '-a', 'full']);
    expect(await prober.stop()).toMatchObject({ failures: [] });

    expectTrouble(ended, 5, 'disk-full');
    expect(releasesOf('full', inner.home)).toEqual(['v1']);
  });

  it('is refused before the build when there is too little room', async () => {
    rmSync(join(folder, 'static'), { recursive: true });
    edit(join(folder, 'app.py'), 'import', '\nimport');
    fillUpTo(20);
    expectTrouble(await inner.decant(['up', folder, '-a', 'full']), 3, 'disk-full');
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a route that hangs', () => {
  it('is given up on at the deadline of the gate', async () => {
    const folder = house.copy('examples/hello');
    const up = await house.decant(['up', folder, '-a', 'slow', '--port', String(await freePort())]);
    const url = String(up.result.url);
    writeFileSync(join(folder, 'app.py'), hanging);
    const prober = probe(url);
    const ended = await house.decant(['up', folder, '-a', 'slow']);

    expect(await prober.stop()).toMatchObject({ failures: [] });
    expectTrouble(ended, 5, 'gate-timeout');
    expect(releasesOf('slow')).toEqual(['v1']);
  });
});

const crashing = `import os, signal, threading
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    threading.Timer(0.3, os.kill, (os.getppid(), signal.SIGABRT)).start()
    return "once"
`;

const needy = `import os
from flask import Flask

STRIPE_KEY = os.environ["STRIPE_KEY"]
MAIL_PASSWORD = os.environ["MAIL_PASSWORD"]
app = Flask(__name__)


@app.get("/")
def index():
    return "paid"
`;

const hanging = `import time
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    time.sleep(3600)
    return "late"
`;

/** SQLite files of an app's state. */
function databases(root: string): string[] {
  return readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(db|sqlite3?)$/.test(path))
    .map(path => join(root, 'shared', path));
}

/** Runs a statement with Python's own SQLite, which every machine that runs decant has. */
function query(database: string, statement: string): string {
  const script =
    'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as it: print(it.execute(sys.argv[2]).fetchall())';
  return execFileSync('python3', ['-c', script, database, statement], { encoding: 'utf8' });
}
