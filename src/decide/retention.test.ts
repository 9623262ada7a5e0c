import { describe, expect, it } from 'vitest';
import { appState, runOf, sealed } from '../../test/support/app-state.ts';
import { discardable } from './retention.ts';

const versions = (count: number) => Array.from({ length: count }, (_, index) => `v${index + 1}`);

describe('discardable', () => {
  it('keeps live, previous, the five newest good builds and what comes', () => {
    const all = versions(9);
    const state = appState({
      live: 'v9',
      previous: 'v2',
      releases: all.map(version => sealed(version)),
      runs: all.map(version => runOf(version)),
    });
    expect(discardable(state, { version: 'v10', venv: 'one' }).releases).toEqual(['v1', 'v3', 'v4']);
  });

  it('counts restarts of one build as one, and keeps the newest of them', () => {
    const releases = [
      sealed('v1', { commit: 'a' }),
      sealed('v2', { commit: 'b' }),
      ...['v3', 'v4', 'v5', 'v6', 'v7', 'v8'].map(version => sealed(version, { commit: 'c' })),
      sealed('v9', { commit: 'd' }),
      sealed('v10', { commit: 'd' }),
    ];
    const state = appState({
      live: 'v10',
      previous: 'v9',
      releases,
      runs: releases.map(({ version }) => runOf(version)),
    });
    const { releases: gone } = discardable(state, { version: 'v11', venv: 'one' });
    expect(gone).toEqual(['v3', 'v4', 'v5', 'v6', 'v7']);
  });

  it('keeps environments that a kept release names, and the one that comes', () => {
    const state = appState({
      live: 'v1',
      releases: [sealed('v1', { venv: 'old' })],
      runs: [runOf('v1')],
      venvs: ['old', 'new', 'stray'],
    });
    expect(discardable(state, { version: 'v2', venv: 'new' }).venvs).toEqual(['stray']);
  });

  it('keeps only the newest failed release, for its logs', () => {
    const state = appState({
      live: 'v1',
      releases: [sealed('v1')],
      runs: [runOf('v1'), runOf('v2', 'failed'), runOf('v3', 'failed')],
    });
    expect(discardable(state, { version: 'v4', venv: 'one' }).releases).toEqual(['v2']);
  });

  it('removes the logs of every failure since the last good run, and of the one kept then, but no earlier ones', () => {
    const outcome = (number: number) => (number === 1 || number === 4 ? 'done' : 'failed');
    const state = appState({
      live: 'v4',
      previous: 'v1',
      releases: [sealed('v1'), sealed('v4')],
      runs: versions(10).map((version, index) => runOf(version, outcome(index + 1))),
    });
    const { releases } = discardable(state, { version: 'v11', venv: 'one' });
    expect(releases).toEqual(['v3', 'v5', 'v6', 'v7', 'v8', 'v9']);
  });
});
