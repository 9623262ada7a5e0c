import type { Layout } from '../../base/layout.ts';
import type { ProcessSpec } from '../../model/process-spec.ts';
import type { Listening } from '../../model/profile.ts';
import type { Manifest } from '../../model/release.ts';
import type { AppState } from '../../model/state.ts';
import { areRivals } from '../relay-command.ts';
import { wasDown } from './preflight.ts';

/**
 * What steps 7 to 13 need to know of a release that is built: a new one and one from the past alike. One activation
 * path, so that a rollback is as tested as a deploy (design.md §1).
 */
export interface Activation {
  readonly layout: Layout;
  readonly state: AppState;
  readonly version: string;
  readonly processes: readonly Pick<ProcessSpec, 'name' | 'process' | 'kind'>[];
  readonly listens: Listening | null;
  readonly health: string | null;
  /** GET routes without parameters. */
  readonly routes: readonly string[];
  readonly hosts: readonly string[];
  readonly proto: 'http' | 'https';
  /** Seconds that the old release goes on running beside the new one. */
  readonly watchSeconds: number;
  /** Seconds that a release may take to answer. */
  readonly gateSeconds: number;
  /** Releases to remove, environments and snapshots that no kept release names. */
  readonly discard: Discard;
}

export interface Discard {
  readonly releases: readonly string[];
  readonly venvs: readonly string[];
}

/** The live release that is left behind, if there is another one. */
export function outgoing({ state, version }: Pick<Activation, 'state' | 'version'>): string | null {
  return state.live === version ? null : state.live;
}

/** The live release that runs, where it has to end before the new one can begin: both need the same port. */
export function rival(activation: Pick<Activation, 'state' | 'version' | 'listens'>): Manifest | null {
  const old = outgoing(activation);
  const live = activation.state.releases.find(release => release.version === old);
  return live !== undefined && areRivals(activation.listens, live) && !wasDown(activation.state) ? live : null;
}

/** The file that describes a process of a release. */
export function specFile(layout: Layout, release: string, process: string): string {
  return `${layout.release(release).processes}/${process}.json`;
}
