// An update against the floor that no deploy can beat (gunicorn's boot and its first answer), a first `up` against a bare
// script (venv + pip + gunicorn), and a rollback; all in one run, interleaved.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { edit, freePort, openHouse } from '../test/support/decant.ts';

const rounds = Number(process.argv[2] ?? 7);
const scratch = mkdtempSync(join(tmpdir(), 'decant-bench-'));
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** Seconds from the start of gunicorn to the first 200 on its unix socket, asked as the gate asks. */
async function gunicornBoot(python: string, folder: string): Promise<number> {
  const socket = join(scratch, 'bare.sock');
  const began = performance.now();
  const server = spawn(
    python,
    ['-m', 'gunicorn', '-b', `unix:${socket}`, '-w', '2', '--threads', '16', '-k', 'gthread', 'app:app'],
    { cwd: folder, stdio: 'ignore' },
  );
  while (!(await answers(socket))) await wait(20);
  const seconds = (performance.now() - began) / 1000;
  server.kill();
  await new Promise(resolve => server.on('close', resolve));
  return seconds;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const call = request({ socketPath, path: '/health' }, response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('error', () => resolve(false));
    call.end();
  });
}

/** The bare script: an environment by the standard library, pip, gunicorn, the first answer. */
async function bareFirst(folder: string, at: string): Promise<number> {
  const began = performance.now();
  spawnSync('python3', ['-m', 'venv', at], { stdio: 'ignore' });
  spawnSync(`${at}/bin/python`, ['-m', 'pip', 'install', '-q', '-r', join(folder, 'requirements.txt')], {
    stdio: 'ignore',
  });
  const boot = await gunicornBoot(`${at}/bin/python`, folder);
  const total = (performance.now() - began) / 1000;
  return Math.max(total, boot);
}

const house = openHouse();
const folder = house.copy('test/apps/load');
const first = { ours: [] as number[], bare: [] as number[] };
const update = { ours: [] as number[], floor: [] as number[] };
const back: number[] = [];

for (let round = 1; round <= 3; round += 1) {
  const at = join(scratch, `venv-${round}`);
  first.bare.push(await bareFirst(folder, at));
  const { result } = await house.decant(['up', folder, '-a', `first-${round}`, '--port', String(await freePort())]);
  first.ours.push(Number(result.live_seconds));
  await house.decant(['destroy', '-a', `first-${round}`, '--yes']);
}

await house.decant(['up', folder, '-a', 'bench', '--port', String(await freePort())]);
for (let round = 1; round <= rounds; round += 1) {
  edit(join(folder, 'app.py'), `VERSION = "${round}"`, `VERSION = "${round + 1}"`);
  const { result } = await house.decant(['up', folder, '-a', 'bench']);
  update.ours.push(Number(result.live_seconds));
  update.floor.push(await gunicornBoot(join(scratch, 'venv-1/bin/python'), folder));
  const rolled = await house.decant(['rollback', '-a', 'bench']);
  back.push(Number(rolled.result.live_seconds));
}

const ratios = (a: readonly number[], b: readonly number[]) => a.map((value, index) => value / (b[index] ?? 1));
console.log(
  `first up live after ${median(first.ours).toFixed(2)} s, bare venv + pip + gunicorn ${median(first.bare).toFixed(2)} s, ratio ${median(ratios(first.ours, first.bare)).toFixed(2)} (3 pairs; ours waits 3 s to ask a first release again)`,
);
console.log(
  `update live after ${median(update.ours).toFixed(2)} s, gunicorn boot + gate ${median(update.floor).toFixed(2)} s, ratio ${median(ratios(update.ours, update.floor)).toFixed(2)} (${rounds} pairs)`,
);
console.log(
  `rollback live after ${median(back).toFixed(2)} s, ratio to boot + gate ${median(ratios(back, update.floor)).toFixed(2)}`,
);
await house.close();
rmSync(scratch, { recursive: true, force: true });
