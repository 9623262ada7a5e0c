import { valueHash } from '../base/hash.ts';
import type { Layout } from '../base/layout.ts';
import { versionNumber } from '../base/names.ts';
import type { Host } from '../model/deployment.ts';
import type { Manifest } from '../model/release.ts';
import type { AppState } from '../model/state.ts';
import { activationSteps } from './activation-steps.ts';
import { localGateSeconds, localHosts, localWatchSeconds } from './deploy-plan.ts';
import { type Decision, joined, steps } from './draft.ts';
import { serveStep } from './phases/preflight.ts';
import { processKind, processNames } from './process-specs.ts';
import { discardable, goodReleases } from './retention.ts';

export interface Rollback {
  readonly app: string;
  readonly target: string;
  readonly by: string;
  readonly layout: Layout;
  readonly host: Host;
  readonly address: { readonly host: string; readonly port: number };
  readonly state: AppState;
  readonly to: Manifest;
  /** Seconds that the release may take to answer; null: the usual. */
  readonly gateSeconds: number | null;
}

/** The same release again: no new number, no build, no migration; the gate on today's schema is its schema check. */
export function rollbackPlan(rollback: Rollback): Decision {
  const { app, target, by, layout, state, to } = rollback;
  const names = processNames(to.processes);
  const draft = joined(
    steps(serveStep(rollback)),
    activationSteps({
      layout,
      state,
      version: to.version,
      processes: names.map(process => ({
        name: `${to.version}:${process}`,
        process,
        kind: processKind(process, to.processes[process] ?? ''),
      })),
      listens: to.listens ?? null,
      health: to.health,
      routes: to.routes,
      hosts: localHosts,
      proto: 'http',
      watchSeconds: localWatchSeconds,
      gateSeconds: rollback.gateSeconds ?? localGateSeconds,
      discard: discardable(state, { version: to.version, venv: to.venv }),
    }),
  );

  return {
    plan: {
      schema: 1,
      fingerprint: valueHash({ kind: 'rollback', app, target, to: to.version }),
      kind: 'rollback',
      app,
      target,
      root: layout.root,
      run: layout.run,
      version: to.version,
      by,
      commit: to.commit,
      expects: { live: state.live, next: state.next },
      steps: [...draft.steps],
    },
    blobs: draft.blobs,
  };
}

/**
 * The newest release older than the live one that was live, good, and differs from it in code, packages or environment.
 * Twice in a row goes two steps back: the one just left was left for a reason.
 */
export function rollbackTarget(state: AppState): Manifest | undefined {
  const live = state.releases.find(release => release.version === state.live);
  if (live === undefined) return undefined;

  return goodReleases(state)
    .filter(release => versionNumber(release.version) < versionNumber(live.version) && differs(release, live))
    .sort((a, b) => versionNumber(a.version) - versionNumber(b.version))
    .at(-1);
}

function differs(one: Manifest, other: Manifest): boolean {
  return one.commit !== other.commit || one.venv !== other.venv || one.env_hash !== other.env_hash;
}
