import { type Draft, steps } from '../draft.ts';
import { grace } from '../process-specs.ts';
import { type Activation, specFile } from './activation.ts';

/** The web process beside the old one, on its own socket. A release that still drains is ended first. */
export function start(activation: Activation): Draft {
  const { layout, version, state } = activation;
  const name = `${version}:web`;
  const leftovers = (state.keep?.processes ?? []).some(process => process.release === version);

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
    {
      id: 'start.web',
      title: `Start the web process of ${version}`,
      why: state.live === null ? 'nothing serves yet' : `beside ${state.live}, which goes on serving`,
      phase: 'start',
      action: { do: 'process', change: 'start', name, spec: specFile(layout, version, 'web'), grace },
      undo: [{ do: 'clear', release: version, grace: 5 }],
    },
  );
}
