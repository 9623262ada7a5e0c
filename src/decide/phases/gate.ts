import type { Check } from '../../model/plan.ts';
import { type Draft, steps } from '../draft.ts';
import { type Activation, outgoing, rival } from './activation.ts';

/** What the gate and the watch ask: the app's own health route, and `/`. */
export function gateRequests(health: string | null): { path: string; accept: 'health' | 'page' }[] {
  return [...(health === null ? [] : [{ path: health, accept: 'health' as const }]), { path: '/', accept: 'page' }];
}

/** Only an HTTP answer on the new socket is health: an active unit or a living process proves nothing. */
export function gate(activation: Activation): Draft {
  const { layout, version, state, health, gateSeconds } = activation;
  const isAlone = rival(activation) !== null;
  const old = isAlone ? null : outgoing(activation);
  const check: Check = {
    ...answerCheck(activation, { version, health, deadline: gateSeconds }),
    fallbacks: fallbacks(activation),
    ...(old === null ? {} : { baseline: layout.release(old).socket }),
    // A first release may kill its own workers a moment after the first answer (strangers.md §3).
    again: state.live === null ? 3 : 0,
    // Visitors wait: nothing is tried twice.
    ...(isAlone ? { ends: 1 } : {}),
  };

  return steps({
    id: 'gate.http',
    title: `Wait until ${version} answers ${health === null ? '/' : `${health} and /`}`.slice(0, 59),
    why: 'a release goes live only when it answers',
    phase: 'gate',
    action: { do: 'wait', check },
  });
}

/** Whether a release answers on its socket. */
export function answerCheck(
  { layout, hosts, proto }: Pick<Activation, 'layout' | 'hosts' | 'proto'>,
  {
    version,
    health,
    deadline,
  }: { readonly version: string; readonly health: string | null; readonly deadline: number },
): Check & { probe: 'http' } {
  return {
    probe: 'http',
    socket: layout.release(version).socket,
    hosts: [...hosts],
    proto,
    requests: gateRequests(health),
    fallbacks: [],
    process: `${version}:web`,
    again: 0,
    every: 0.03,
    deadline,
  };
}

/** Routes of the new release, and those of the live one: an update may have lost them all. */
function fallbacks({ routes, health, state }: Activation): string[] {
  const live = state.releases.find(release => release.version === state.live);
  const asked = (all: readonly string[]) => all.filter(route => route !== '/' && route !== health).slice(0, 5);
  return [...new Set([...asked(routes), ...asked(live?.routes ?? [])])];
}
