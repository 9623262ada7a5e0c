import { existsSync, mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { edit, openHouse } from '../support/decant.ts';
import { fingerprint } from '../support/fingerprint.ts';
import { committed, git } from '../support/git-repository.ts';
import { type Mirror, upMirror } from '../support/mirror.ts';

/** `plan` and `up --dry-run`: what would be done, with nothing done. */

const house = openHouse();
afterAll(() => house.close());

/** What is on disk, without what a running front writes by itself every few seconds. */
const home = () =>
  Object.fromEntries(Object.entries(fingerprint(house.home)).filter(([path]) => !/\/stats\.json/.test(path)));
const stepsOf = (plan: unknown) => (plan as { steps: { id: string; title: string; why: string }[] }).steps;

/** Runs it and proves that nothing on disk changed. */
async function untouched(words: readonly string[], folder: string, json = true) {
  const before = [home(), fingerprint(folder)];
  const ended = await house.decant(words, { cwd: folder, json });
  expect([home(), fingerprint(folder)]).toEqual(before);
  return ended;
}

describe('before a first release', () => {
  const folder = house.copy('examples/guestbook');

  it('a plan has every step with its reason, and makes not even a home', async () => {
    const ended = await untouched(['plan'], folder);
    expect(ended).toMatchObject({
      code: 0,
      result: { schema: 1, app: 'guestbook', changed: true, release: 'v1', live: null },
    });
    const steps = stepsOf(ended.result.plan);
    expect(steps.map(step => step.id)).toEqual(
      expect.arrayContaining(['build.install', 'migrate.run', 'gate.http', 'switch.live']),
    );
    expect(steps.every(step => step.why !== '')).toBe(true);
    expect(existsSync(house.home)).toBe(false);
  });

  it('--exit-code is 10, and up --dry-run is the same plan', async () => {
    const planned = await untouched(['plan', '--exit-code'], folder);
    const dry = await untouched(['up', '--dry-run'], folder);
    expect([planned.code, dry.code]).toEqual([10, 0]);
    // A signing key is made anew for each: all that hangs on its value is its blob's name.
    const titles = (plan: unknown) => stepsOf(plan).map(({ id, title, why }) => [id, title, why]);
    expect(titles(dry.result.plan)).toEqual(titles(planned.result.plan));
  });

  it('tells a person what is made, and shows the files', async () => {
    const { stdout } = await untouched(['plan'], folder, false);
    expect(stdout).toMatch(/^guestbook → local {3}v1/);
    expect(stdout).toMatch(/\n {2}\+ Install requirements\.txt/);
    expect(stdout).toContain('--- /dev/null\n+++ gunicorn.conf.py\n');
    expect(stdout).not.toMatch(/SECRET_KEY=\w/);
  });

  it('of a URL leaves no clone', async () => {
    const repository = house.copy('examples/hello');
    committed(repository);
    const bare = join(repository, '../hello.git');
    git(repository, 'clone', '--quiet', '--bare', repository, bare);
    const scratch = mkdtempSync(join(tmpdir(), 'decant-scratch-'));
    const url = pathToFileURL(bare).href;
    const ended = await house.decant(['plan', url], { env: { TMPDIR: scratch } });

    expect(ended).toMatchObject({ code: 0, result: { app: 'hello', changed: true } });
    expect(readdirSync(scratch)).toEqual([]);
    rmdirSync(scratch);
    expect(existsSync(house.home)).toBe(false);
  });

  it('warns of what the app needs and nobody has set; the command it gives is the right one', async () => {
    const work = house.copy('examples/broken-missing-variable');
    const from = join(work, '..');
    const told = await house.decant(['plan', 'broken-missing-variable'], { cwd: from, json: false });
    const command = /Set it with {2}decant (config set .*)/.exec(told.stdout)?.[1] ?? '';
    expect(command).toMatch(/^config set PAYMENTS_API_KEY=… PAYMENTS_CURRENCY=… -a broken-missing-variable -C /);

    const set = await house.decant(command.split(' '), { cwd: from });
    const planned = await house.decant(['plan', 'broken-missing-variable'], { cwd: from });
    expect([set.code, planned.result.app, planned.result.warnings]).toEqual([0, 'broken-missing-variable', []]);
  });
});

describe('with a live release', () => {
  let mirror: Mirror;

  it('says that there is nothing to do: 0 with --exit-code too', async () => {
    mirror = await upMirror(house);
    const ended = await untouched(['plan', '--exit-code'], mirror.folder);
    expect(ended).toMatchObject({
      code: 0,
      result: { changed: false, live: 'v1', release: 'v1', plan: null, files: [] },
    });
    expect((await untouched(['plan'], mirror.folder, false)).stdout).toContain('Nothing to do');
  });

  it('-a NAME is about the source of that app, wherever it is asked', async () => {
    const ended = await house.decant(['plan', '-a', 'mirror'], { cwd: join(house.home, '..') });
    expect(ended).toMatchObject({ code: 0, result: { app: 'mirror', changed: false, live: 'v1' } });
    expect(ended.stderr).not.toContain('No web app');
  });

  it('shows what differs, as a unified diff', async () => {
    writeFileSync(join(mirror.folder, 'decant.yaml'), 'workers: 3\n');
    edit(join(mirror.folder, 'Procfile'), 'worker:', 'clock: python worker.py\nworker:');
    const ended = await untouched(['plan', '--exit-code'], mirror.folder);
    expect(ended).toMatchObject({ code: 10, result: { changed: true, live: 'v1', release: 'v2' } });

    const { stdout } = await untouched(['plan'], mirror.folder, false);
    expect(stdout).toMatch(/\n-workers = \d+\n\+workers = 3\n/);
    expect(stdout).toContain('+++ processes/clock.json');
    expect(await mirror.answer()).toBe('1');
    expect((await mirror.decant('releases')).result.releases).toHaveLength(1);
  });
});
