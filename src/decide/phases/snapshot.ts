import type { Deployment } from '../../model/deployment.ts';
import type { Action, Step } from '../../model/plan.ts';
import { type Draft, idPart, steps } from '../draft.ts';
import { isMigrationPending, sqliteFiles } from './pending-migration.ts';

/** A copy of each SQLite database, with visitors held back meanwhile; only if a migration is pending. */
export function snapshot(deployment: Deployment): Draft {
  if (!isMigrationPending(deployment)) return steps();

  const { layout, version, state } = deployment;
  const files = sqliteFiles(deployment);
  if (files.length === 0) return steps();

  return steps(
    ...workersOf(deployment).map(name => stopWorker(name, deployment)),
    ...(state.live === null ? [] : [holdStep]),
    ...files.map((file, index) => ({
      id: `snapshot.copy:${index + 1}`,
      title: `Copy ${file}`.slice(0, 59),
      why: 'SQLite cannot undo a migration by itself',
      phase: 'snapshot' as const,
      action: {
        do: 'snapshot',
        database: `${layout.shared}/${file}`,
        to: snapshotPath(deployment, index),
      } satisfies Action,
    })),
    {
      id: 'snapshot.note',
      title: 'Note where the copies are',
      why: 'messages name them',
      phase: 'snapshot',
      action: { do: 'note', name: 'snapshot', value: `${layout.snapshots}/${version}` },
    },
  );
}

/** Where the copy of the database at this place of `sqliteFiles` lies. */
export function snapshotPath({ layout, version }: Deployment, index: number): string {
  return `${layout.snapshots}/${version}/${index + 1}.sqlite`;
}

const holdStep: Step = {
  id: 'snapshot.hold',
  title: 'Hold new requests and let those in flight end',
  why: 'nobody may write between the copy and the migration',
  phase: 'snapshot',
  action: { do: 'hold', seconds: 10 },
  undo: [{ do: 'unhold' }],
};

/** Names of the live release's workers and schedulers that run now. */
function workersOf({ state }: Deployment): string[] {
  return (state.keep?.processes ?? [])
    .filter(process => process.release === state.live && process.kind !== 'web' && process.state !== 'stopped')
    .map(process => process.name);
}

function stopWorker(name: string, { layout }: Deployment): Step {
  const [release = '', process = ''] = name.split(':');

  return {
    id: `snapshot.stop:${idPart(name)}`,
    title: `Stop ${name}`,
    why: 'it must not write meanwhile',
    phase: 'snapshot',
    action: { do: 'process', change: 'stop', name, grace: 30 },
    undo: [
      { do: 'process', change: 'start', name, spec: `${layout.release(release).processes}/${process}.json`, grace: 30 },
    ],
  };
}
