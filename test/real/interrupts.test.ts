import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, edit, freePort, type Line, openHouse } from '../support/decant.ts';
import { killed } from '../support/victims.ts';

const house = openHouse();
afterAll(() => house.close());

const quick = ['--watch', '300ms'];
/** A watch that is long enough for another command to come in between. */
const long = ['--watch', '4s'];

let folder = '';
let port = 0;
let version = 1;

beforeAll(async () => {
  folder = house.copy('test/apps/load');
  port = await freePort();
  expect(await house.decant(['up', folder, '--port', String(port), ...quick])).toMatchObject({ code: 0 });
});

describe('Ctrl-C', () => {
  it.each(['build.code', 'start.web', 'gate.http'])('before the switch (%s) takes everything back: 130', async step => {
    const before = releases();
    nextVersion();
    const ended = await interruptedUp(quick, (line, cli) => isStarted(line, step) && process.kill(cli, 'SIGINT'));

    expect(ended).toMatchObject({ code: 130, result: { ok: false, code: 'cancelled' } });
    expect(ended.result.state).toMatch(/is live, as before/);
    expect(releases()).toEqual(before);
    expect(await answer()).toBe(String(version - 1));
    const { result } = await house.decant(['releases', '-n', '1'], { cwd: folder });
    expect(result.releases).toMatchObject([{ state: 'cancelled', note: 'cancelled', kept: false }]);
    await settled();
  });

  it('after the switch finishes what was begun', async () => {
    nextVersion();
    const ended = await interruptedUp(
      quick,
      (line, cli) => isStarted(line, 'watch.http') && process.kill(cli, 'SIGINT'),
    );

    expect(ended).toMatchObject({ code: 130, result: { ok: true, changed: true } });
    expect(await answer()).toBe(String(version));
  });

  it('waits for a migration, and takes the rest back', async () => {
    const marks = withRelease('time.sleep(1)');
    const ended = await interruptedUp(
      quick,
      (line, cli) => isStarted(line, 'migrate.run') && process.kill(cli, 'SIGINT'),
    );

    expect(ended).toMatchObject({ code: 130, result: { code: 'cancelled' } });
    expect(readFileSync(marks, 'utf8')).toBe('begun\nended\n');
    expect(await answer()).toBe(String(version));
    withoutRelease();
    await settled();
  });

  it('twice lets go: the work goes on and is undone before the switch', async () => {
    const before = releases();
    const marks = withRelease('time.sleep(2)');
    const ended = await interruptedUp(quick, (line, cli) => isStarted(line, 'migrate.run') && void pressTwice(cli));

    expect(ended).toMatchObject({ code: 130, result: { code: 'detached' } });
    expect(readFileSync(marks, 'utf8')).toBe('begun\n');
    await until(async () => (await holder()) === null);
    expect(readFileSync(marks, 'utf8')).toBe('begun\nended\n');
    expect(releases()).toEqual(before);
    withoutRelease();
    await settled();
  });

  it('twice after the switch lets go: the work is finished, and the same command follows it', async () => {
    nextVersion();
    const ended = await interruptedUp(long, (line, cli) => isStarted(line, 'watch.http') && void pressTwice(cli));
    expect(ended).toMatchObject({ code: 130, result: { code: 'detached' } });

    const again = await house.decant(['up', folder, ...long]);
    expect(again).toMatchObject({ code: 0, result: { ok: true, changed: true } });
    expect(again.lines.some(line => isStarted(line, 'drain.old'))).toBe(true);
    expect(again.result.release).toBe(releases().at(-1));
  });
});

describe('a lost terminal', () => {
  it('ends decant, and nothing else: the same command follows the run to its end', async () => {
    nextVersion();
    const ended = await interruptedUp(long, (line, cli) => isStarted(line, 'gate.http') && process.kill(cli, 'SIGHUP'));
    expect(ended.code).not.toBe(0);

    const again = await house.decant(['up', folder, ...long]);
    expect(again).toMatchObject({ code: 0, result: { ok: true, changed: true } });
    expect(await answer()).toBe(String(version));
  });

  it('is nothing to the runner', async () => {
    nextVersion();
    const hangUp = (line: Line) => {
      if (line.type === 'hello') process.kill(line.pid as number, 'SIGHUP');
    };
    expect(await interruptedUp(quick, hangUp)).toMatchObject({ code: 0, result: { changed: true } });
    expect(await answer()).toBe(String(version));
  });
});

describe('two commands at once', () => {
  it('the same, while the first is followed: 7, naming the holder', async () => {
    nextVersion();
    const { second, first } = await meanwhile(() => house.decant(['up', folder]));

    expect(second).toMatchObject({ code: 7, result: { ok: false, code: 'locked' } });
    expect(second.result.what).toMatch(/@local is running deploy on this app/);
    expect(first).toMatchObject({ code: 0, result: { ok: true } });
  });

  it('the same with --wait: nothing is left to do', async () => {
    nextVersion();
    const { second, first } = await meanwhile(() => house.decant(['up', folder, '--wait']));

    expect(second).toMatchObject({ code: 0, result: { ok: true, changed: false, release: first.result.release } });
  });

  it('another: 7 at once, or its turn with --wait', async () => {
    nextVersion();
    const { second, first } = await meanwhile(async () => {
      nextVersion();
      const refused = await house.decant(['up', folder]);
      expect(refused).toMatchObject({ code: 7, result: { code: 'locked' } });
      return house.decant(['up', folder, '--wait', ...quick]);
    });

    expect(first).toMatchObject({ code: 0, result: { changed: true } });
    expect(second).toMatchObject({ code: 0, result: { changed: true, previous: first.result.release } });
    expect(await answer()).toBe(String(version));
  });

  it('stop waits its turn with --wait, and takes down what came live', async () => {
    nextVersion();
    const { second, first } = await meanwhile(async () => {
      expect(await house.decant(['stop'], { cwd: folder })).toMatchObject({ code: 7, result: { code: 'locked' } });
      return house.decant(['stop', '--wait'], { cwd: folder });
    });

    expect(first).toMatchObject({ code: 0, result: { changed: true } });
    expect(second).toMatchObject({ code: 0, result: { changed: true } });
    expect(await house.decant(['start', '--wait'], { cwd: folder })).toMatchObject({ code: 0 });
    expect(await answer()).toBe(String(version));
  });

  it('Ctrl-C while waiting ends the waiting, never the other run', async () => {
    nextVersion();
    const { second, first } = await meanwhile(async () => {
      nextVersion();
      return interruptedUp(['--wait'], (line, cli) => line.type === 'note' && process.kill(cli, 'SIGINT'));
    });

    expect(second).toMatchObject({ code: 130, result: { code: 'cancelled' } });
    expect(first).toMatchObject({ code: 0, result: { ok: true } });
    await settled();
  });
});

describe('a runner that is killed each time', () => {
  it('is told as such, with what serves, and the next command converges', async () => {
    nextVersion();
    const ended = await interruptedUp(quick, line => line.type === 'hello' && killed(line.pid as number));

    expect(ended).toMatchObject({ result: { ok: false, code: 'runner-killed' } });
    expect([1, 5]).toContain(ended.code);
    expect(ended.result.state).toMatch(/^v\d+ is live/);
    expect(await answer()).toBe(String(version - 1));
    await settled();
  });
});

function nextVersion(): void {
  edit(join(folder, 'app.py'), `VERSION = "${version}"`, `VERSION = "${version + 1}"`);
  version += 1;
}

/** The app without its release command. */
function withoutRelease(): void {
  rmSync(join(folder, 'Procfile'));
  rmSync(join(folder, 'release.py'));
}

/** Gives the app a release command, which marks its beginning and its end in a file: the file's path. */
function withRelease(body: string): string {
  const marks = join(folder, '..', `marks-${Math.random()}`);
  const mark = (word: string) => `open(${JSON.stringify(marks)}, "a").write("${word}\\n")`;
  writeFileSync(join(folder, 'release.py'), `import time\n${mark('begun')}\n${body}\n${mark('ended')}\n`);
  writeFileSync(join(folder, 'Procfile'), 'release: python release.py\n');
  return marks;
}

function isStarted(line: Line, step: string): boolean {
  return line.type === 'step' && line.id === step && line.state === 'started';
}

/** Runs `up`; `act` sees each event with decant's pid. */
async function interruptedUp(words: readonly string[], act: (line: Line, cli: number) => unknown): Promise<Ended> {
  const { child, ended } = house.start(['up', folder, ...words], { onLine: line => void act(line, child.pid ?? 0) });
  return ended;
}

async function pressTwice(cli: number): Promise<void> {
  process.kill(cli, 'SIGINT');
  await wait(300);
  process.kill(cli, 'SIGINT');
}

/** Runs something while an `up` watches what it has just made live. */
async function meanwhile(work: () => Promise<Ended>): Promise<{ first: Ended; second: Ended }> {
  let second: Promise<Ended> | undefined;
  const first = await interruptedUp(long, line => {
    if (isStarted(line, 'watch.http')) second ??= work();
  });
  if (second === undefined) throw new Error(`nothing was watched: ${JSON.stringify(first.result)}`);
  return { first, second: await second };
}

/** The next `up` has nothing to clear, and the newest version answers. */
async function settled(): Promise<void> {
  expect(await house.decant(['up', folder, ...quick])).toMatchObject({ code: 0, result: { ok: true } });
  expect(await answer()).toBe(String(version));
}

async function answer(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}

/** Release folders on disk, oldest first. */
function releases(): string[] {
  const names = readdirSync(join(house.home, 'apps/load/releases'));
  return names.sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
}

async function holder(): Promise<unknown> {
  return (await house.decant(['lock', 'status', '-C', folder])).result.holder;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 100; time += 1) {
    if (await condition()) return;
    await wait(100);
  }
  throw new Error('it did not come true within 10 s');
}
