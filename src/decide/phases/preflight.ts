import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';
import { type Draft, idPart, steps } from '../draft.ts';
import { defaultDatabase, namedServices } from '../named-services.ts';
import type { ServiceAddress } from '../service-address.ts';

const mebibyte = 1024 * 1024;

/** What must hold before anything is built: room, the address, the services that the environment names. */
export function preflight(deployment: Deployment): Draft {
  return steps(diskStep(deployment), ...serviceSteps(deployment), serveStep(deployment));
}

function diskStep({ layout, state, venv }: Deployment): Step {
  const needsVenv = !state.venvs.includes(venv.hash);
  const bytes = (needsVenv ? 300 : 50) * mebibyte;

  return {
    id: 'preflight.disk',
    title: 'Check free disk space and inodes',
    why: needsVenv ? 'a virtual environment will be built' : 'a release folder will be written',
    phase: 'preflight',
    action: { do: 'wait', check: { probe: 'disk', path: layout.root, bytes, inodes: needsVenv ? 20_000 : 2_000 } },
  };
}

/** The keeper and the front, so that the address is ours before the work begins; ended again if nothing comes of it. */
export function serveStep(deployment: Pick<Deployment, 'address' | 'host' | 'state'>): Step {
  const { address, host, state } = deployment;

  return {
    id: 'preflight.serve',
    title: `Hold ${address.host}:${address.port} with the keeper and the front`.slice(0, 59),
    why: state.keep === null ? 'neither runs yet' : 'they must be of this version of decant',
    phase: 'preflight',
    action: { do: 'serve', host: address.host, port: address.port, node: host.node, front: host.front },
    ...(wasDown(state) ? { undo: [{ do: 'unserve' as const, grace: 5 }] } : {}),
  };
}

/** Nothing was live, or somebody had stopped it: a keeper that merely died is no reason to end its successor. */
export function wasDown({ keep, live, runs }: Deployment['state']): boolean {
  const lastDone = runs.filter(run => run.outcome === 'done').at(-1);
  return keep === null && (live === null || lastDone?.kind === 'stop');
}

/** Servers that the environment names, and the database that migrations need; one that is down is said before anything is built. */
function serviceSteps({ profile, environment }: Deployment): Step[] {
  const fallback = profile.migrations === null ? null : defaultDatabase(profile, environment);
  return [
    ...namedServices(profile, environment).map(({ variable, address }) =>
      connectStep(variable, address, 'names a server'),
    ),
    ...(fallback?.variable == null
      ? []
      : [connectStep(fallback.variable, fallback.address, 'is not set: migrations need the database of its default')]),
  ];
}

function connectStep(variable: string, { kind, at }: ServiceAddress, why: string): Step {
  return {
    id: `preflight.service:${idPart(variable)}`,
    title: `Check that ${kind} of ${variable} accepts a connection`.slice(0, 59),
    why: `${variable} ${why}`,
    phase: 'preflight',
    action: { do: 'wait', check: { probe: 'connect', name: kind, at: [...at], every: 0.5, deadline: 5 } },
  };
}
