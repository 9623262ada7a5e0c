import { describe, expect, it } from 'vitest';
import { appState, runOf, sealed } from '../../test/support/app-state.ts';
import { rollbackTarget } from './rollback-plan.ts';

const state = (live: string, order: readonly string[], releases: readonly ReturnType<typeof sealed>[]) =>
  appState({ live, releases, runs: order.map(version => runOf(version)) });

describe('rollbackTarget', () => {
  it('is the release that was live before', () => {
    expect(
      rollbackTarget(
        state(
          'v3',
          ['v1', 'v2', 'v3'],
          ['v1', 'v2', 'v3'].map(version => sealed(version)),
        ),
      )?.version,
    ).toBe('v2');
  });

  it('passes over restarts of the same build', () => {
    const releases = [sealed('v1'), sealed('v2', { commit: 'same' }), sealed('v3', { commit: 'same' })];
    expect(rollbackTarget(state('v3', ['v1', 'v2', 'v3'], releases))?.version).toBe('v1');
  });

  it('passes over releases that failed', () => {
    const all = ['v1', 'v2', 'v3'].map(version => sealed(version));
    const failed = appState({ live: 'v3', releases: all, runs: [runOf('v1'), runOf('v2', 'failed'), runOf('v3')] });
    expect(rollbackTarget(failed)?.version).toBe('v1');
  });

  it('goes further back the second time', () => {
    const all = ['v1', 'v2', 'v3'].map(version => sealed(version));
    expect(rollbackTarget(state('v2', ['v1', 'v2', 'v3', 'v2'], all))?.version).toBe('v1');
    expect(rollbackTarget(state('v1', ['v1', 'v2', 'v3', 'v2', 'v1'], all))).toBeUndefined();
  });

  it('is none for a first release', () => {
    expect(rollbackTarget(state('v1', ['v1'], [sealed('v1')]))).toBeUndefined();
  });
});
