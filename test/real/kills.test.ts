import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, edit, freePort, type Line, openHouse, processesOf } from '../support/decant.ts';
import { killed, tailOf, type Victim, victims } from '../support/victims.ts';
import { startVisitors, type Visitors } from '../support/visitors.ts';

const house = openHouse();
const randomKills = 50;
// Enough for the watch to be a step like any other, and no longer: there are some 200 deploys here.
const watch = ['--watch', '300ms'];
/** One line for each kill: what was hit, and how `up` ended. */
const table: string[] = [];

let folder = '';
let port = 0;
let version = 1;
let steps: string[] = [];
/** Milliseconds that one `up` took last; random kills fall into them. */
let upTakes = 0;
let asking: Visitors;

beforeAll(async () => {
  folder = house.copy('test/apps/load');
  port = await freePort();
  expect(await house.decant(['up', folder, '--port', String(port)])).toMatchObject({ code: 0 });
  nextVersion();
  const plan = await house.decant(['plan', folder]);
  steps = (plan.result.plan as { steps: { id: string }[] }).steps.map(step => step.id);
  expect(steps.length).toBeGreaterThan(20);
  asking = startVisitors(port, '/slow?seconds=0.3');
  asking.during('before', ['1', '2']);
  const began = performance.now();
  await converge();
  upTakes = performance.now() - began;
});

afterAll(async () => {
  process.stdout.write(`${summary().join('\n')}\n`);
  await asking.stop();
  await house.close();
});

describe.each(victims)('kill -9 of the %s', victim => {
  it('at every step: the old or the new release answers, and a second up converges', async () => {
    // Nothing hangs on the tail but what is told: some steps are enough.
    const chosen = victim === 'tail' ? steps.filter((_, index) => index % 3 === 0) : steps;
    for (const step of chosen) {
      const isNow = (line: Line) => line.type === 'step' && line.state === 'started' && line.id === step;
      await survives(victim, `${victim} at ${step}`, { when: isNow });
    }
  });
});

describe('kill -9 of anything', () => {
  it(`at ${randomKills} random times`, async () => {
    let hits = 0;
    for (let time = 1; time <= randomKills; time += 1) {
      const victim = victims[time % victims.length] ?? 'cli';
      const after = Math.random() * upTakes;
      const isHit = await survives(victim, `${victim} random ${time} (${Math.round(after)} ms)`, { after });
      if (isHit) hits += 1;
    }
    expect(hits).toBeGreaterThan(randomKills / 5);
  });
});

describe('destroy', () => {
  it('leaves no process', async () => {
    const report = await asking.stop();
    expect(report.requests).toBeGreaterThan(1000);

    expect(await house.decant(['destroy', '-C', folder, '--yes'])).toMatchObject({ code: 0 });
    expect(
      processesOf(
        house.home,
        readdirSync('/proc').filter(name => /^\d+$/.test(name)),
      ),
    ).toEqual([]);
  });
});

/** One kill in one `up`, and what must be true of it whoever was killed. Whether it hit. */
async function survives(
  victim: Victim,
  label: string,
  moment: { readonly when?: (line: Line) => boolean; readonly after?: number },
): Promise<boolean> {
  nextVersion();
  asking.during(label, [String(version - 1), String(version)]);
  const { ended, hit } = await killedUp(victim, moment);
  table.push(`${victim}\t${label}\t${hit ? 'hit' : 'missed'}\t${ended.code}\t${String(ended.result.code ?? '')}`);
  if (moment.when !== undefined) expect({ label, hit }).toEqual({ label, hit: true });
  expect({ label, hit, end: endOf(ended, victim) }).toEqual({ label, hit, end: 'as it must' });
  await converge(label);
  expect({ label, failures: unforgiven(victim, label) }).toEqual({ label, failures: {} });
  return hit;
}

/** A killed runner takes its plan back (5; 1 before step 3) or finishes it; nobody else's death fails an update. */
function endOf({ code, result, stderr }: Ended, victim: Victim): unknown {
  const isFine = code === 0 && result.ok === true;
  const isTakenBack = victim === 'runner' && (code === 5 || code === 1) && result.code === 'runner-killed';
  const isDead = victim === 'cli' && code === null;

  return isFine || isTakenBack || isDead ? 'as it must' : { code, result, stderr };
}

function nextVersion(): void {
  edit(join(folder, 'app.py'), `VERSION = "${version}"`, `VERSION = "${version + 1}"`);
  version += 1;
}

/** A second `up` ends well, without waiting or anything to clear, and the newest version answers. */
async function converge(label = 'the first'): Promise<void> {
  const { code, stderr, result } = await house.decant(['up', folder, ...watch]);
  expect({ label, code, stderr, result }).toMatchObject({ label, code: 0, result: { ok: true } });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe(String(version));
}

/** Runs `up` and kills one of its processes at an event, or after some milliseconds. */
async function killedUp(
  victim: Victim,
  { when, after = 0 }: { readonly when?: (line: Line) => boolean; readonly after?: number },
): Promise<{ ended: Ended; hit: boolean }> {
  const kept = victim === 'keeper' || victim === 'front' ? await keptPid(victim) : undefined;
  let runner: number | undefined;
  let hit = false;
  const kill = (cli: number) => {
    const pid = { cli, tail: tailOf(cli), runner, keeper: kept, front: kept }[victim];
    if (!hit && pid !== undefined) hit = killed(pid);
  };
  const began = performance.now();
  const { child, ended } = house.start(['up', folder, ...watch], {
    onLine: line => {
      if (line.type === 'hello') runner = line.pid as number;
      if (when?.(line) === true) kill(child.pid ?? 0);
    },
  });
  // A kill that comes after this `up` would be the next one's.
  const timer = when === undefined ? setTimeout(() => kill(child.pid ?? 0), after) : undefined;
  const how = await ended;
  clearTimeout(timer);
  const took = performance.now() - began;
  // Nobody disturbed it: this is how long one takes on this machine now.
  if (took < after) upTakes = took;

  return { ended: how, hit };
}

async function keptPid(victim: 'keeper' | 'front'): Promise<number | undefined> {
  const { result } = await house.decant(['ps', '-C', folder]);
  return (result[victim] as { pid: number } | null)?.pid;
}

/** A killed front takes its requests in flight with it (a reset); nothing else may fail, and nothing may be refused. */
function unforgiven(victim: Victim, label: string): Record<string, number> {
  const lost = victim === 'front' ? /: (?:answer )?(?:ECONNRESET|EPIPE)$/ : /^$/;
  return Object.fromEntries(Object.entries(asking.failures(label)).filter(([name]) => !lost.test(name)));
}

/** The kill table: victim, kills, how many hit a living process, how `up` ended. */
function summary(): string[] {
  return victims.map(victim => {
    const rows = table.map(line => line.split('\t')).filter(([name]) => name === victim);
    const hits = rows.filter(row => row[2] === 'hit').length;
    const codes = rows.map(row => [row[3], row[4]].filter(Boolean).join(' '));
    const counts = [...new Set(codes)].map(code => `${code}: ${codes.filter(each => each === code).length}`);
    return `${victim.padEnd(7)} ${rows.length} kills, ${hits} hit; exit ${counts.join(', ')}`;
  });
}
