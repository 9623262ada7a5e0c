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
  );
}

function removal(id: string, title: string, path: string): Step {
  return { id, title, why: 'no kept release needs it', phase: 'prune', action: { do: 'remove', path }, tolerant: true };
}
