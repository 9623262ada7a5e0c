import type { Step } from '../../model/plan.ts';
import { type Draft, idPart, steps } from '../draft.ts';
import { grace } from '../process-specs.ts';
import { type Activation, outgoing, specFile } from './activation.ts';

/** Schedulers exactly once: stop the old, start the new. Others: start the new, then TERM the old. */
export function workers(activation: Activation): Draft {
  const own = activation.processes.filter(process => process.kind !== 'web');
  const schedulers = own.filter(process => process.kind === 'scheduler');
  const others = own.filter(process => process.kind === 'worker');

  return steps(
    ...stopSteps(activation, 'scheduler'),
    ...[...schedulers, ...others].flatMap(process => startSteps(activation, process.process)),
    ...[...schedulers, ...others].map(process => aliveStep(process.name)),
    ...stopSteps(activation, 'worker'),
  );
}

function startSteps({ layout, version }: Activation, process: string): Step[] {
  const name = `${version}:${process}`;

  return [
    {
      id: `workers.start:${idPart(process)}`,
      title: `Start ${name}`,
      why: 'jobs run on the live release',
      phase: 'workers',
      action: { do: 'process', change: 'start', name, spec: specFile(layout, version, process), grace },
      undo: [{ do: 'process', change: 'stop', name, grace: 5 }],
    },
  ];
}

function aliveStep(name: string): Step {
  return {
    id: `workers.alive:${idPart(name.split(':')[1] ?? name)}`,
    title: `See ${name} live for 3 s`,
    why: 'a worker answers no request that could prove it',
    phase: 'workers',
    action: { do: 'wait', check: { probe: 'process', name, lasts: 3, deadline: 30 } },
  };
}

/** The old release's processes of a kind; started again if the new release has to be taken back. */
function stopSteps(activation: Activation, kind: 'worker' | 'scheduler'): Step[] {
  const old = outgoing(activation);
  const running = (activation.state.keep?.processes ?? []).filter(
    process => process.release === old && process.kind === kind,
  );

  return running.map(({ name, process }) => ({
    id: `workers.stop:${idPart(process)}`,
    title: `Stop ${name}`,
    why: kind === 'scheduler' ? 'a scheduler runs exactly once' : 'the new one has taken over',
    phase: 'workers',
    action: { do: 'process', change: 'stop', name, grace },
    undo: [{ do: 'process', change: 'start', name, spec: specFile(activation.layout, old ?? '', process), grace }],
  }));
}
