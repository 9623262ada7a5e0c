import { type Draft, steps } from '../draft.ts';
import type { Activation } from './activation.ts';
import { gateRequests } from './gate.ts';

/** The gate's requests each second while the old release still runs; two failures in a row switch back. */
export function watch({ layout, version, health, hosts, proto, watchSeconds }: Activation): Draft {
  return steps({
    id: 'watch.http',
    title: `Watch ${version} for ${watchSeconds} s`,
    why: 'two failures in a row, or a dead process, switch back',
    phase: 'watch',
    action: {
      do: 'wait',
      check: {
        probe: 'watch',
        socket: layout.release(version).socket,
        hosts: [...hosts],
        proto,
        requests: gateRequests(health),
        process: `${version}:web`,
        every: 1,
        lasts: watchSeconds,
      },
    },
  });
}
