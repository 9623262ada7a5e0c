import { valueHash } from '../base/hash.ts';
import type { Deployment } from '../model/deployment.ts';
import { activationSteps } from './activation-steps.ts';
import { type Decision, joined } from './draft.ts';
import { environmentHash } from './environment.ts';
import type { Activation } from './phases/activation.ts';
import { build } from './phases/build.ts';
import { migrate } from './phases/migrate.ts';
import { preflight } from './phases/preflight.ts';
import { snapshot } from './phases/snapshot.ts';
import { stateLinks } from './phases/state.ts';
import { processSpecs } from './process-specs.ts';
import { settingsHash } from './release-manifest.ts';
import { discardable } from './retention.ts';

/** The whole activation of a new release. Same inputs, same plan, byte for byte. */
export function deployPlan(deployment: Deployment): Decision {
  const { app, target, by, layout, state, version, source } = deployment;
  const draft = joined(
    preflight(deployment),
    build(deployment),
    stateLinks(deployment),
    snapshot(deployment),
    migrate(deployment),
    activationSteps(activationOf(deployment)),
  );

  return {
    plan: {
      schema: 1,
      fingerprint: deployFingerprint(deployment),
      kind: deployment.kind,
      app,
      target,
      root: layout.root,
      run: layout.run,
      version,
      by,
      commit: source.commit,
      expects: { live: state.live, next: state.next },
      steps: [...draft.steps],
    },
    blobs: draft.blobs,
  };
}

/**
 * The intent without its numbers, and without what chance made: the same command again, while the first one runs, has
 * the same one.
 */
export function deployFingerprint(deployment: Deployment): string {
  const { kind, app, target, source, venv, generated, profile, python, copies } = deployment;
  const made = generated.map(name => [name, '']);
  const environment = { ...deployment.environment, ...Object.fromEntries(made) };

  return valueHash({
    kind,
    app,
    target,
    commit: source.commit,
    venv: venv.hash,
    environment: environmentHash(environment),
    entry: profile.entry,
    settings: settingsHash(deployment),
    python: python.version,
    ...(copies === undefined ? {} : { copies }),
  });
}

function activationOf(deployment: Deployment): Activation {
  const { layout, state, version, profile, venv } = deployment;

  return {
    layout,
    state,
    version,
    processes: processSpecs(deployment),
    listens: profile.listens,
    health: profile.health,
    routes: profile.routes,
    hosts: localHosts,
    proto: 'http',
    watchSeconds: deployment.watchSeconds ?? localWatchSeconds,
    gateSeconds: deployment.gateSeconds ?? localGateSeconds,
    discard: discardable(state, { version, venv: venv.hash }),
  };
}

/** How long the `local` target watches, unless somebody says otherwise. */
export const localWatchSeconds = 2;

/** Real apps took up to 30 s to start (strangers.md §3). */
export const localGateSeconds = 60;

/** Host headers that a visitor of the `local` target sends. */
export const localHosts = ['127.0.0.1', 'localhost'] as const;
