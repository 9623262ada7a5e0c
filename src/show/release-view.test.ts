import { describe, expect, it } from 'vitest';
import { runOf } from '../../test/support/app-state.ts';
import type { ReleaseAnswer } from '../model/release-answers.ts';
import { colours } from './colour.ts';
import { glyphs } from './glyphs.ts';
import { releaseView } from './release-view.ts';
import type { View } from './view.ts';

const view: View = { colours: colours(false), glyphs: glyphs({ LANG: 'C.UTF-8' }), now: 60 };
const failed: ReleaseAnswer = {
  ok: true,
  app: 'shop',
  target: 'local',
  release: 'v2',
  state: 'failed',
  commit: 'a1b9c3f',
  subject: null,
  dirty: false,
  at: 0,
  by: 'ana',
  seconds: 1,
  kind: 'deploy',
  note: 'failed: gate',
  kept: false,
  live: false,
  manifest: null,
  runs: [
    {
      ...runOf('v2', 'failed'),
      failure: {
        step: 'gate.http',
        phase: 'gate',
        reason: 'check',
        message: 'GET / answered 500',
      },
    },
  ],
  evidence: ['one', 'tw\x1b[2Jo'],
  logs: '/home/apps/shop/logs/v2',
};

describe('releaseView of a failed release', () => {
  it('tells what failed, its last words, and where its logs are', () => {
    expect(releaseView(failed, view)).toBe(
      [
        'v2 a1b9c3f  failed: gate, taken back',
        '  app      shop on local',
        '  failed   gate (gate.http): GET / answered 500',
        '  output   one',
        '           two',
        '  history  deploy failed in 1.0s, 1 min ago by ana: gate: GET / answered 500',
        '  logs     decant logs --release v2 -a shop',
        '',
      ].join('\n'),
    );
  });

  it('of a cancelled one says so, and of one that is gone', () => {
    const cancelled = { ...failed, state: 'cancelled' as const, note: 'cancelled', runs: [], logs: null };
    expect(releaseView(cancelled, view)).toMatch(/^v2 a1b9c3f {2}cancelled, taken back\n {2}app /);
    expect(releaseView({ ...cancelled, state: 'good', note: null }, view)).toMatch(/^v2 a1b9c3f {2}no longer kept\n/);
  });
});
