import { valueHash } from '../base/hash.ts';
import type { Layout } from '../base/layout.ts';
import type { Host } from '../model/deployment.ts';
import type { Step } from '../model/plan.ts';
import type { Manifest } from '../model/release.ts';
import type { AppState } from '../model/state.ts';
import { localGateSeconds, localHosts } from './deploy-plan.ts';
import { type Decision, idPart, steps } from './draft.ts';
import { specFile } from './phases/activation.ts';
import { gate } from './phases/gate.ts';
import { serveStep } from './phases/preflight.ts';
import { grace, processNames } from './process-specs.ts';

/** What `stop`, `start` and `destroy` are decided from. */
export interface Standing {
  readonly app: string;
  readonly target: string;
  readonly by: string;
  readonly layout: Layout;
  readonly host: Host;
  readonly address: { readonly host: string; readonly port: number };
  readonly state: AppState;
  /** Seconds that a release may take to answer; null: the usual. */
  readonly gateSeconds: number | null;
}

/** Ends every process of the app, the front and the keeper; the live release stays what `start` starts. */
export function stopPlan(standing: Standing): Decision {
  return plan(standing, 'stop', [shutdown]);
}

/** Brings the live release's processes back, after the gate. */
export function startPlan(standing: Standing, live: Manifest): Decision {
  const { layout, state } = standing;
  const names = processNames(live.processes);
  const started = names.map(
    (process): Step => ({
      id: `start.${idPart(process)}`,
      title: `Start ${live.version}:${process}`,
      why: 'it does not run',
      phase: 'start',
      action: {
        do: 'process',
        change: 'start',
        name: `${live.version}:${process}`,
        spec: specFile(layout, live.version, process),
        grace,
      },
    }),
  );
  const gated = gate({
    layout,
    state,
    version: live.version,
    processes: [],
    listens: live.listens ?? null,
    health: live.health,
    routes: live.routes,
    hosts: localHosts,
    proto: 'http',
    watchSeconds: 0,
    gateSeconds: standing.gateSeconds ?? localGateSeconds,
    discard: { releases: [], venvs: [] },
  });

  return plan(standing, 'start', [serveStep(standing), ...started, ...gated.steps]);
}

/** Ends everything and removes what the app's folders hold. */
export function destroyPlan(standing: Standing): Decision {
  const { layout } = standing;
  const folders = [
    'live',
    'previous',
    'app',
    'venv',
    'releases',
    'venvs',
    'shared',
    'snapshots',
    'repo.git',
    'logs',
    'config.json',
  ];
  const removals = folders.map(
    (name): Step => ({
      id: `prune.${name.replace('.', '-')}`,
      title: `Remove ${name}`,
      why: 'destroy was asked for',
      phase: 'prune',
      action: { do: 'remove', path: `${layout.root}/${name}` },
    }),
  );

  return plan(standing, 'destroy', [shutdown, ...removals]);
}

// Not in the tolerant phase `drain`: nothing may be removed under processes that still run.
const shutdown: Step = {
  id: 'workers.stop',
  title: 'Stop every process',
  why: 'requests in flight end first',
  phase: 'workers',
  action: { do: 'unserve', grace },
};

function plan(standing: Standing, kind: 'stop' | 'start' | 'destroy', list: readonly Step[]): Decision {
  const { app, target, by, layout, state } = standing;
  const { live, next } = state;

  return {
    plan: {
      schema: 1,
      fingerprint: valueHash({ kind, app, target }),
      kind,
      app,
      target,
      root: layout.root,
      run: layout.run,
      by,
      expects: { live, next },
      steps: [...steps(...list).steps],
    },
    blobs: {},
  };
}
