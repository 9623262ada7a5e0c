// An update against the floor that no deploy can beat (gunicorn's boot and its first answer), a first `up` against a bare
// script (venv + pip + gunicorn), and a rollback; all in one run, interleaved. Of an app that does nothing, whose floor is
// gunicorn's own start, and of one with a database, forms and migrations.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, openHouse } from '../test/support/decant.ts';

interface Subject {
  readonly from: string;
  readonly entry: string;
  /** A Python file that an update changes. */
  readonly changed: string;
  /** The one-off command before the first start. */
  readonly prepared: readonly string[];
}

const subjects: readonly Subject[] = [
  { from: 'test/apps/load', entry: 'app:app', changed: 'app.py', prepared: ['-c', ''] },
  {
    from: 'examples/guestbook',
    entry: 'guestbook:create_app()',
    changed: 'guestbook/pages.py',
    prepared: ['-m', 'flask', '--app', 'guestbook', 'db', 'upgrade'],
  },
];
const rounds = Number(process.argv[2] ?? 7);
const scratch = mkdtempSync(join(tmpdir(), 'decant-bench-'));
const environment = { ...process.env, SECRET_KEY: 'bench', DATABASE_URL: `sqlite:///${join(scratch, 'bare.db')}` };
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const ratio = (a: readonly number[], b: readonly number[]) =>
  median(a.map((value, index) => value / (b[index] ?? 1))).toFixed(2);

const house = openHouse();
for (const subject of subjects) await measured(subject);
await house.close();
rmSync(scratch, { recursive: true, force: true });

async function measured({ from, entry, changed, prepared }: Subject): Promise<void> {
  const folder = house.copy(from);
  const name = from.split('/').at(-1) ?? '';
  const first = { ours: [] as number[], bare: [] as number[] };
  const update = { ours: [] as number[], floor: [] as number[] };
  const back: number[] = [];

  for (let round = 1; round <= 3; round += 1) {
    first.bare.push(await bareFirst({ folder, entry, prepared, at: join(scratch, `${name}-${round}`) }));
    const { result } = await house.decant(['up', folder, '-a', `first-${round}`, '--port', String(await freePort())]);
    first.ours.push(Number(result.live_seconds));
    await house.decant(['destroy', '-a', `first-${round}`, '--yes']);
  }

  await house.decant(['up', folder, '-a', name, '--port', String(await freePort())]);
  for (let round = 1; round <= rounds; round += 1) {
    appendFileSync(join(folder, changed), `# ${round}\n`);
    const { result } = await house.decant(['up', folder, '-a', name]);
    update.ours.push(Number(result.live_seconds));
    update.floor.push(await gunicornBoot(join(scratch, `${name}-1/bin/python`), folder, entry));
    const rolled = await house.decant(['rollback', '-a', name]);
    back.push(Number(rolled.result.live_seconds));
  }

  console.log(
    `${name}: first up live after ${median(first.ours).toFixed(2)} s, bare venv + pip + gunicorn ${median(first.bare).toFixed(2)} s, ratio ${ratio(first.ours, first.bare)} (3 pairs; ours waits 3 s to ask a first release again)`,
  );
  console.log(
    `${name}: update live after ${median(update.ours).toFixed(2)} s, gunicorn boot + gate ${median(update.floor).toFixed(2)} s, ratio ${ratio(update.ours, update.floor)} (${rounds} pairs)`,
  );
  console.log(
    `${name}: rollback live after ${median(back).toFixed(2)} s, ratio to boot + gate ${ratio(back, update.floor)}`,
  );
}

/** Seconds from the start of gunicorn until its health route and its first page answer 200 on its unix socket, as the gate asks. */
async function gunicornBoot(python: string, folder: string, entry: string): Promise<number> {
  const socket = join(scratch, 'bare.sock');
  const began = performance.now();
  const server = spawn(
    python,
    ['-m', 'gunicorn', '-b', `unix:${socket}`, '-w', '2', '--threads', '16', '-k', 'gthread', entry],
    { cwd: folder, env: environment, stdio: 'ignore' },
  );
  while (!(await answers(socket, '/health'))) await wait(20);
  while (!(await answers(socket, '/'))) await wait(20);
  const seconds = (performance.now() - began) / 1000;
  server.kill();
  await new Promise(resolve => server.on('close', resolve));
  return seconds;
}

function answers(socketPath: string, path: string): Promise<boolean> {
  return new Promise(resolve => {
    const call = request({ socketPath, path }, response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('error', () => resolve(false));
    call.end();
  });
}

/** The bare script: an environment by the standard library, pip, gunicorn, the first answer. */
async function bareFirst(bare: Pick<Subject, 'entry' | 'prepared'> & { folder: string; at: string }): Promise<number> {
  const { folder, entry, prepared, at } = bare;
  const python = `${at}/bin/python`;
  const began = performance.now();
  const run = (program: string, words: readonly string[]) => {
    const { status } = spawnSync(program, words, { cwd: folder, env: environment, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}`);
  };
  run('python3', ['-m', 'venv', at]);
  run(python, ['-m', 'pip', 'install', '-q', '-r', join(folder, 'requirements.txt')]);
  run(python, prepared);
  await gunicornBoot(python, folder, entry);
  return (performance.now() - began) / 1000;
}
