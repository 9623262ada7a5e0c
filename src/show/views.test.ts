import { describe, expect, it } from 'vitest';
import type { PlanAnswer, StatusAnswer, UpAnswer } from '../model/answers.ts';
import type { Plan, Step } from '../model/plan.ts';
import { appTable } from './app-table.ts';
import { colours } from './colour.ts';
import { glyphs } from './glyphs.ts';
import { planView } from './plan-view.ts';
import { statusView } from './status-view.ts';
import { table } from './table.ts';
import { troubleView } from './trouble-view.ts';
import { upScreen } from './up-screen.ts';
import type { View } from './view.ts';

const view: View = { columns: 80, colours: colours(false), glyphs: glyphs({ LANG: 'C.UTF-8' }), now: 1_800_000_000 };

const up: UpAnswer = {
  ok: true,
  app: 'shop',
  target: 'local',
  release: 'v13',
  previous: 'v12',
  commit: 'a1b9c3f00000',
  subject: 'Add cart \x1b[2Jtotals',
  dirty: true,
  url: 'http://127.0.0.1:8000',
  seconds: 4,
  live_seconds: 2.2,
  changed: true,
  assumed: ['Python 3.12, the newest here'],
  generated: ['SECRET_KEY'],
  not_copied: ['instance/dev.db (ignored by git)'],
  warnings: [],
  environment_changed: [],
  autostart: false,
};

describe('a tree that no commit holds', () => {
  it('has the same mark wherever a release is named', () => {
    const live = { ...up, state: 'live' as const, source: '/shop' };
    expect(upScreen(up, view)).toContain('v13 a1b9c3f* "');
    expect(appTable({ ok: true, apps: [live] }, view)).toContain('v13 a1b9c3f* ');
    expect(appTable({ ok: true, apps: [{ ...live, dirty: false }] }, view)).toContain('v13 a1b9c3f ');
  });
});

describe('upScreen', () => {
  it('says where, what was decided, and what comes next', () => {
    expect(upScreen(up, view)).toBe(
      [
        'Live  http://127.0.0.1:8000   v13 a1b9c3f* "Add cart totals"   4.0s, live after 2.2s',
        '',
        '  assumed     Python 3.12, the newest here',
        '  generated   SECRET_KEY (kept; see  decant config list)',
        '  not copied  instance/dev.db (ignored by git)',
        '  tree        has changes that no commit holds; they are in this release (*)',
        '  reboot      it will not come back by itself; turn that on with  decant autostart on',
        '',
        '  decant status        is it well',
        '  decant logs -f       what it says',
        '  decant rollback v12  back to v12',
        '',
      ].join('\n'),
    );
  });

  it('says that nothing was done', () => {
    expect(upScreen({ ...up, changed: false }, view)).toContain('nothing changed, nothing was done');
    expect(upScreen({ ...up, release: null, url: null, commit: null }, view)).toContain(
      'Stored  for the first release of shop',
    );
  });
});

describe('planView', () => {
  const step = (id: string, phase: Step['phase'], action: Step['action']): Step => ({
    id,
    title: `do ${id}`,
    why: `because of ${id}`,
    phase,
    action,
  });
  const plan: Plan = {
    schema: 1,
    fingerprint: 'f',
    kind: 'deploy',
    app: 'shop',
    target: 'local',
    root: '/s/apps/shop',
    run: '/tmp/r',
    by: 'ana',
    expects: { live: 'v12', next: 13 },
    steps: [
      step('unit', 'build', { do: 'write', path: '/s/unit', blob: 'unit', mode: '0644' }),
      step('conf', 'build', { do: 'write', path: '/s/conf', blob: 'conf', mode: '0644' }),
      step('live', 'switch', { do: 'link', path: '/s/live', to: 'releases/v13' }),
      step('old', 'prune', { do: 'remove', path: '/s/releases/v1' }),
    ],
  };
  const answer: PlanAnswer = {
    ok: true,
    app: 'shop',
    target: 'local',
    changed: true,
    live: 'v12',
    release: 'v13',
    commit: 'a1b9c3f',
    subject: null,
    dirty: false,
    assumed: [],
    warnings: ['The app needs what is not set: API_KEY (app.py:7).'],
    plan,
    files: [
      { path: '/s/unit', after: 'a\n' },
      { path: '/s/conf', before: 'workers = 1\n', after: 'workers = 2\n' },
      { path: '/s/same', before: 'x\n', after: 'x\n' },
    ],
  };

  it('groups by phase, signs each step, shows files as diffs and counts', () => {
    expect(planView(answer, view)).toMatchInlineSnapshot(`
      "shop → local   v13 a1b9c3f

      build
        + do unit  because of unit
        ~ do conf  because of conf

      switch ──────────────────────── traffic moves here
        ~ do live  because of live

      prune
        - do old   because of old

      --- /dev/null
      +++ /s/unit
      @@ -0,0 +1,1 @@
      +a

      --- /s/conf
      +++ /s/conf
      @@ -1,1 +1,1 @@
      -workers = 1
      +workers = 2

      ! The app needs what is not set: API_KEY (app.py:7).

      Plan: 4 steps: 1 to make, 2 to change, 1 to remove. Nothing was done. Run  decant up  to do it.
      "
    `);
  });

  it('says when there is nothing to do', () => {
    expect(planView({ ...answer, changed: false, plan: null, files: [] }, view)).toContain('Nothing to do');
  });
});

describe('troubleView', () => {
  it('has four parts and a code', () => {
    const trouble = {
      code: 'gate',
      what: 'v13 never became healthy',
      evidence: ['GET / answered 500'],
      state: 'v12 still serves.',
      next: ['fix it', 'decant up'],
    };
    expect(troubleView(trouble, view)).toBe(
      [
        `✗ v13 never became healthy${' '.repeat(49)} gate`,
        '',
        '  GET / answered 500',
        '',
        '  State  v12 still serves.',
        '  Next   fix it',
        '         decant up',
        '',
      ].join('\n'),
    );
  });
});

describe('table', () => {
  it('aligns, and cuts at the width of a terminal only', () => {
    const columns = [{ header: 'NAME' }, { header: 'SIZE', align: 'right' as const }];
    expect(
      table(
        columns,
        [
          ['漢字', '5'],
          ['b', '1234567'],
        ],
        { ...view, columns: 10 },
      ),
    ).toBe('NAME     …\n漢字     …\nb     123…\n');
    const { columns: _, ...piped } = view;
    expect(table(columns, [['b', '1234567']], piped)).toBe('NAME     SIZE\nb     1234567\n');
  });
});

describe('statusView', () => {
  it('says first whether it is well', () => {
    const answer: StatusAnswer = {
      ok: true,
      app: 'shop',
      target: 'local',
      state: 'unhealthy',
      release: 'v13',
      commit: 'a1b9c3f',
      subject: null,
      dirty: true,
      up_seconds: 11_520,
      url: 'http://127.0.0.1:8000',
      health: { ok: false, message: 'GET /health 500 in 6 ms' },
      traffic: {
        seconds: 60,
        requests: 1092,
        requests_per_second: 18.2,
        errors_5xx: 3,
        p50_ms: 9,
        p95_ms: 41,
        inflight: 1,
      },
      memory_bytes: 222_298_112,
      disk_free_bytes: null,
      processes: [],
      holder: null,
      unfinished: null,
      autostart: true,
    };
    const [first, ...rest] = statusView(answer, view).split('\n');
    expect(first).toBe('shop · local · v13 a1b9c3f* · up 3h 12m · unhealthy');
    expect(rest.join('\n')).toContain('18.2 req/s · p50 9ms · p95 41ms · 3 errors (5xx) · in the last 1m');
  });
});
