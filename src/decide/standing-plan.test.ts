import { describe, expect, it } from 'vitest';
import { appState } from '../../test/support/app-state.ts';
import { layout } from '../base/layout.ts';
import { phases } from '../model/phases.ts';
import { destroyPlan, type Standing, stopPlan } from './standing-plan.ts';

const standing = {
  app: 'shop',
  target: 'local',
  by: 'ana',
  layout: layout('/state/apps/shop', '/tmp/decant-1/x'),
  state: appState({ live: 'v1', next: 2 }),
} as Standing;

describe.each([
  ['stop', stopPlan],
  ['destroy', destroyPlan],
])('%s', (_, decide) => {
  it('goes no further when the processes do not end', () => {
    const { steps } = decide(standing).plan;
    const first = steps[0];
    expect(first?.action.do).toBe('unserve');
    expect(phases.indexOf(first?.phase ?? 'prune')).toBeLessThan(phases.indexOf('drain'));
    expect(first?.tolerant).toBeUndefined();
  });
});
