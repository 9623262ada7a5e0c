import { type Draft, joined } from './draft.ts';
import type { Activation } from './phases/activation.ts';
import { drain } from './phases/drain.ts';
import { gate } from './phases/gate.ts';
import { prune } from './phases/prune.ts';
import { start } from './phases/start.ts';
import { switchOver } from './phases/switch.ts';
import { watch } from './phases/watch.ts';
import { workers } from './phases/workers.ts';

/** Steps 7 to 13, the same for a deploy and for a rollback. */
export function activationSteps(activation: Activation): Draft {
  return joined(
    start(activation),
    gate(activation),
    switchOver(activation),
    workers(activation),
    watch(activation),
    drain(activation),
    prune(activation),
  );
}
