import type { Step } from '../../model/plan.ts';
import type { Manifest } from '../../model/release.ts';
import { type Draft, steps } from '../draft.ts';
import { grace } from '../process-specs.ts';
import { type Activation, rival, specFile } from './activation.ts';
import { answerCheck } from './gate.ts';

/** The web process beside the old one, on its own socket; where both need one port, after it. */
export function start(activation: Activation): Draft {
  const { layout, version, state } = activation;
  const leftovers = (state.keep?.processes ?? []).some(process => process.release === version);
  const old = rival(activation);

  return steps(
    ...(leftovers
      ? [
          {
            id: 'start.clear',
            title: `End what is left of ${version}`,
            why: 'no socket path is ever bound by two masters',
            phase: 'start' as const,
            action: { do: 'clear' as const, release: version, grace },
          },
        ]
      : []),
    ...(old === null ? [] : handOver(activation, old)),
    {
      id: 'start.web',
      title: `Start the web process of ${version}`,
      why:
        state.live === null
          ? 'nothing serves yet'
          : old === null
            ? `beside ${state.live}, which goes on serving`
            : `${old.version} has let go of its port`,
      phase: 'start',
      action: { do: 'process', change: 'start', name: `${version}:web`, spec: specFile(layout, version, 'web'), grace },
      undo: [{ do: 'clear', release: version, grace: 5 }],
    },
  );
}

/** Requests wait while nobody serves: as long as the front holds them, and those in flight get a moment to end. */
export const hold = { do: 'hold', seconds: 10, patience: 3 } as const;

/** Visitors wait, and the old release ends; if the new one fails, the old one answers again before they are let through. */
function handOver(activation: Activation, old: Manifest): Step[] {
  const { layout } = activation;
  const name = `${old.version}:web`;
  const why = 'both need the same port, so this is no update without a pause';
  const process = { do: 'process', name, spec: specFile(layout, old.version, 'web') } as const;

  return [
    {
      id: 'start.hold',
      title: 'Hold new requests and let those in flight end',
      why,
      phase: 'start',
      action: hold,
      undo: [{ do: 'unhold' }],
    },
    {
      id: 'start.stop-old',
      title: `Stop the web process of ${old.version}`,
      why,
      phase: 'start',
      action: { ...process, change: 'stop', grace: 10 },
      undo: [
        { ...process, change: 'start', grace },
        {
          do: 'wait',
          check: answerCheck(activation, { version: old.version, health: old.health, deadline: 30 }),
        },
      ],
    },
  ];
}
