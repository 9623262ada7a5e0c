import type { Layout } from '../../base/layout.ts';
import type { Step } from '../../model/plan.ts';
import { type Draft, steps } from '../draft.ts';
import type { Activation } from './activation.ts';

/** Removes what no kept release needs. Never fails a deploy. */
export function prune({ layout, discard }: Activation): Draft {
  return steps(
    ...discard.releases.flatMap(version => {
      const release = layout.release(version);
      return [
        removal(`prune.release:${version}`, `Remove ${version}`, release.folder),
        removal(`prune.run:${version}`, `Remove the socket folder of ${version}`, release.socketFolder),
        removal(`prune.logs:${version}`, `Remove the logs of ${version}`, release.logs),
        removal(`prune.snapshots:${version}`, `Remove the snapshots of ${version}`, `${layout.snapshots}/${version}`),
      ];
    }),
    ...discard.venvs.map(hash =>
      removal(`prune.venv:${hash.slice(0, 10)}`, `Remove the environment ${hash.slice(0, 10)}`, layout.venv(hash)),
    ),
    ...(discard.releases.length > 0 ? [repackStep(layout)] : []),
  );
}

/** git itself decides whether there is anything to do. A fetch would ask the same while visitors wait for the release. */
function repackStep({ root, repository }: Layout): Step {
  return {
    id: 'prune.repository',
    title: "Tidy decant's own repository",
    why: 'each release adds a few objects to it',
    phase: 'prune',
    action: {
      do: 'run',
      argv: ['git', `--git-dir=${repository}`, '-c', 'gc.autoDetach=false', 'gc', '--auto', '--quiet'],
      cwd: root,
      env: {},
      deadline: 300,
    },
    tolerant: true,
  };
}

function removal(id: string, title: string, path: string): Step {
  return { id, title, why: 'no kept release needs it', phase: 'prune', action: { do: 'remove', path }, tolerant: true };
}
