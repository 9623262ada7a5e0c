import type { Step } from '../../model/plan.ts';
import { type Draft, steps } from '../draft.ts';
import { type Activation, outgoing, rival } from './activation.ts';
import { hold } from './start.ts';

/** One rename makes the release live; `previous` is set just before. */
export function switchOver(activation: Activation): Draft {
  const { layout, version, state } = activation;
  const old = outgoing(activation);

  return steps(
    ...(old === null ? [] : [previousStep(activation, old)]),
    {
      id: 'switch.live',
      title: old === null ? `Make ${version} live` : `Switch from ${old} to ${version}`,
      why: 'it answers; requests in flight end where they began',
      phase: 'switch',
      action: { do: 'link', path: layout.live, to: `releases/${version}` },
      undo: [
        state.live === null
          ? { do: 'remove', path: layout.live }
          : { do: 'link', path: layout.live, to: `releases/${state.live}` },
      ],
    },
    ...(rival(activation) === null ? [] : [unholdStep]),
    ...convenienceLinks(activation),
    ...configSteps(activation, old),
  );
}

/** Whoever waits is let through; if the switch is taken back, visitors wait for the old release to answer again. */
const unholdStep: Step = {
  id: 'switch.unhold',
  title: 'Let requests through again',
  why: 'the new release answers',
  phase: 'switch',
  action: { do: 'unhold' },
  undo: [hold],
};

function previousStep({ layout, state }: Activation, old: string): Step {
  return {
    id: 'switch.previous',
    title: `Remember ${old} as the previous release`,
    why: 'pages loaded before the switch ask for its files',
    phase: 'switch',
    action: { do: 'link', path: layout.previous, to: `releases/${old}` },
    undo: [
      state.previous === null
        ? { do: 'remove', path: layout.previous }
        : { do: 'link', path: layout.previous, to: `releases/${state.previous}` },
    ],
  };
}

/** `app` and `venv` never change once they are there. */
function convenienceLinks({ layout, state }: Activation): Step[] {
  if (state.live !== null) return [];

  return [
    { name: 'app', to: 'live/code' },
    { name: 'venv', to: 'live/venv' },
  ].map(({ name, to }) => ({
    id: `switch.${name}`,
    title: `Link ${name} to ${to}`,
    why: 'a path for people that never changes',
    phase: 'switch',
    action: { do: 'link', path: `${layout.root}/${name}`, to },
  }));
}

/** The config store follows the release: a rollback brings its configuration back, a failed change leaves no trace. */
function configSteps({ layout, version }: Activation, old: string | null): Step[] {
  const next = `${layout.config}.next`;
  const run = { do: 'run', cwd: layout.root, env: {}, deadline: 30 } as const;
  const adopt = (release: string) => [
    { ...run, argv: ['cp', '-p', `${layout.release(release).folder}/config.json`, next] },
    { ...run, argv: ['mv', '-f', next, layout.config] },
  ];
  const [copy, move] = adopt(version);
  if (copy === undefined || move === undefined) return [];

  return [
    {
      id: 'switch.config-copy',
      title: "Take the release's configuration",
      why: 'the store follows the live release',
      phase: 'switch',
      action: copy,
    },
    {
      id: 'switch.config',
      title: 'Make it the config store',
      why: 'the store follows the live release',
      phase: 'switch',
      action: move,
      ...(old === null ? {} : { undo: adopt(old) }),
    },
  ];
}
