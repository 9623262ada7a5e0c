import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ended, freePort, type Line, openHouse } from '../support/decant.ts';
import { killed } from '../support/victims.ts';
import { startVisitors, type Visitors } from '../support/visitors.ts';

const house = openHouse();
const victims = ['runner', 'keeper', 'front'] as const;
type Victim = (typeof victims)[number];

let folder = '';
let port = 0;
let revision = '4c1f0e7a92d3';
let steps: string[] = [];
let asking: Visitors;

beforeAll(async () => {
  folder = house.copy('examples/guestbook');
  port = await freePort();
  expect(await house.decant(['up', folder, '--port', String(port)])).toMatchObject({ code: 0 });
  nextMigration();
  const { result } = await house.decant(['plan', folder]);
  const planned = (result.plan as { steps: { id: string; phase: string }[] }).steps;
  steps = planned.filter(step => /^(?:snapshot|migrate|start|gate)$/.test(step.phase)).map(step => step.id);
  expect(steps).toEqual(expect.arrayContaining(['snapshot.hold', 'snapshot.copy:1', 'migrate.run', 'migrate.unhold']));
  asking = startVisitors(port);
  asking.during('before');
  await converge('the first');
});

afterAll(async () => {
  await asking.stop();
  await house.close();
});

// Two tables with a moment between them: SQLite commits each by itself, so what is torn in between is there to be seen.
it.each(victims)(
  'kill -9 of the %s around a migration of SQLite: no request fails, no table is left over',
  async victim => {
    for (const step of steps) {
      const label = `${victim} at ${step}`;
      nextMigration();
      asking.during(label);
      const { hit, ended } = await killedUp(victim, step);
      expect({ label, hit, end: endOf(ended, victim) }).toEqual({ label, hit: true, end: 'as it must' });
      await converge(label);
      expect({ label, failures: unforgiven(victim, label) }).toEqual({ label, failures: {} });
    }
  },
);

function nextMigration(): void {
  const next = `a${(Number.parseInt(revision.slice(1), 16) + 1).toString(16).padStart(11, '0')}`;
  const text = [
    'import time',
    '',
    'import sqlalchemy as sa',
    'from alembic import op',
    '',
    `revision = "${next}"`,
    `down_revision = "${revision}"`,
    '',
    '',
    'def upgrade():',
    `    op.create_table("one_${next}", sa.Column("id", sa.Integer, primary_key=True))`,
    '    time.sleep(0.3)',
    `    op.create_table("two_${next}", sa.Column("id", sa.Integer, primary_key=True))`,
    '',
    '',
    'def downgrade():',
    `    op.drop_table("two_${next}")`,
    `    op.drop_table("one_${next}")`,
    '',
  ];
  writeFileSync(join(folder, `migrations/versions/${next}_tables.py`), text.join('\n'));
  revision = next;
}

async function converge(label: string): Promise<void> {
  const { code, stderr, result } = await house.decant(['up', folder, '--watch', '300ms']);
  expect({ label, code, stderr, result }).toMatchObject({ label, code: 0, result: { ok: true } });
  expect(schema()).toEqual({ revision, halves: [] });
}

/** What Alembic noted, and tables whose other half is missing. */
function schema(): unknown {
  const shared = join(house.home, 'apps/guestbook/shared');
  const names = readdirSync(shared, { recursive: true, encoding: 'utf8' });
  const database = join(shared, names.find(name => /\.(?:sqlite3?|db)$/.test(name)) ?? 'no database');
  const script = [
    'import json, sqlite3, sys',
    'cursor = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)',
    'names = [name for name, in cursor.execute("select name from sqlite_master where name glob \'[ot]*_a*\'")]',
    'halves = {name[:3]: {each[4:] for each in names if each[:3] == name[:3]} for name in ("one", "two")}',
    'revision = cursor.execute("select version_num from alembic_version").fetchone()[0]',
    'print(json.dumps({"revision": revision, "halves": sorted(halves["one"] ^ halves["two"])}))',
  ];
  const { stdout, stderr } = spawnSync('python3', ['-c', script.join('\n'), database], { encoding: 'utf8' });
  return stdout === '' ? stderr : JSON.parse(stdout);
}

async function killedUp(victim: Victim, step: string): Promise<{ ended: Ended; hit: boolean }> {
  const kept = await house.decant(['ps', '-C', folder]);
  const pidOf = (name: string) => (kept.result[name] as { pid: number } | null)?.pid;
  let runner: number | undefined;
  let hit = false;
  const { ended } = house.start(['up', folder, '--watch', '300ms'], {
    onLine(line: Line) {
      if (line.type === 'hello') runner = line.pid as number;
      if (hit || line.type !== 'step' || line.state !== 'started' || line.id !== step) return;
      const pid = victim === 'runner' ? runner : pidOf(victim);
      hit = pid !== undefined && killed(pid);
    },
  });

  return { ended: await ended, hit };
}

function endOf({ code, result, stderr }: Ended, victim: Victim): unknown {
  const isTakenBack = victim === 'runner' && code === 5 && result.code === 'runner-killed';
  return (code === 0 && result.ok === true) || isTakenBack ? 'as it must' : { code, result, stderr };
}

function unforgiven(victim: Victim, label: string): Record<string, number> {
  const lost = victim === 'front' ? /: (?:answer )?(?:ECONNRESET|EPIPE)$/ : /^$/;
  return Object.fromEntries(Object.entries(asking.failures(label)).filter(([name]) => !lost.test(name)));
}
