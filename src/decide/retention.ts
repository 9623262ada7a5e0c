import { versionNumber } from '../base/names.ts';
import type { Manifest } from '../model/release.ts';
import type { AppState, Run } from '../model/state.ts';
import type { Discard } from './phases/activation.ts';

/** Releases kept beside live and previous. */
const kept = 5;

/**
 * What may go once `incoming` is live. Kept: it, the live and the previous release, the five newest good builds
 * (of the restarts of one build only the last) and the newest failed one, for its logs.
 */
export function discardable(state: AppState, incoming: { version: string; venv: string }): Discard {
  const good = goodReleases(state);
  const keep = new Set([incoming.version, state.live, state.previous, ...newestBuilds(good), newestFailed(state)]);
  const releases = state.releases.map(release => release.version).filter(version => !keep.has(version));
  const logsOnly = failedVersions(state).filter(version => !keep.has(version) && !releases.includes(version));
  const venvs = new Set([
    incoming.venv,
    ...state.releases.filter(release => keep.has(release.version)).map(release => release.venv),
  ]);

  return {
    releases: [...releases, ...logsOnly].sort((a, b) => versionNumber(a) - versionNumber(b)),
    venvs: state.venvs.filter(hash => !venvs.has(hash)),
  };
}

/** Releases that were live without having to be taken back, oldest first. */
export function goodReleases(state: AppState): Manifest[] {
  const good = goodVersions(state);
  return state.releases.filter(release => good.has(release.version));
}

function goodVersions(state: AppState): Set<string | null> {
  return new Set(state.runs.filter(isGood).map(run => run.version));
}

function isGood(run: Run): boolean {
  return run.switched && run.outcome === 'done';
}

/** The newest version of each build. */
function newestBuilds(releases: readonly Manifest[]): string[] {
  const newest = new Map(
    releases.map(release => [`${release.commit} ${release.venv} ${release.env_hash}`, release.version]),
  );
  const versions = [...newest.values()].sort((a, b) => versionNumber(b) - versionNumber(a));
  return versions.slice(0, kept);
}

function failedRuns(state: AppState): Run[] {
  const good = goodVersions(state);
  return state.runs.filter(run => run.version !== null && run.outcome !== 'done' && !good.has(run.version));
}

function newestFailed(state: AppState): string | null {
  return failedRuns(state).at(-1)?.version ?? null;
}

/** Failed versions whose logs are still there: those since the last good run, and the one that its prune has kept. */
function failedVersions(state: AppState): string[] {
  const pruned = state.runs.findLastIndex(isGood);
  const failed = failedRuns(state);
  const first = failed.findLastIndex(run => state.runs.indexOf(run) < pruned);
  return [...new Set(failed.slice(Math.max(0, first)).flatMap(run => run.version ?? []))];
}
