import type { ReleaseLayout } from '../../base/layout.ts';
import type { Step } from '../../model/plan.ts';
import { type Draft, steps } from '../draft.ts';
import { grace } from '../process-specs.ts';
import { type Activation, outgoing } from './activation.ts';

/** The old release ends the requests that it has, then stops; what the new one wrote into itself is listed. */
export function drain(activation: Activation): Draft {
  const { layout, version } = activation;
  const old = outgoing(activation);
  const release = layout.release(version);

  return steps(
    ...(old === null
      ? []
      : [
          written(
            'drain.written-old',
            `Look for files written inside ${old}`,
            'they stay behind there',
            layout.release(old),
          ),
          {
            id: 'drain.old',
            title: `Drain and stop ${old}`,
            why: 'requests in flight end there',
            phase: 'drain' as const,
            action: { do: 'clear' as const, release: old, grace },
            tolerant: true,
          },
        ]),
    written(
      'drain.written',
      'Look for files written inside the release',
      'the next release would not have them',
      release,
    ),
  );
}

function written(id: string, title: string, why: string, { code, manifest }: ReleaseLayout): Step {
  return { id, title, why, phase: 'drain', action: { do: 'written', folder: code, manifest }, tolerant: true };
}
