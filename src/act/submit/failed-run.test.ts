import { describe, expect, it } from 'vitest';
import { appState, sealed } from '../../../test/support/app-state.ts';
import type { Profile } from '../../model/profile.ts';
import { type FailedRun, failedRun } from './failed-run.ts';

const profile = { root: '.', database: null, environment: [], problems: [], install: {} } as unknown as Profile;
const failure = { reason: 'exit', message: 'exited with status 1', status: 1, output: [] } as const;

function error(end: Partial<FailedRun['performed']['end']>) {
  const performed = {
    end: { type: 'end', at: 0, outcome: 'failed', switched: false, live: 'v1', seconds: 1, ...end },
    joined: null,
    liveAt: null,
    facts: {},
    written: [],
    warnings: [],
  } as const;
  const keep = { processes: [{ release: 'v1', kind: 'web', state: 'running' }] } as never;
  const before = appState({ live: 'v1', next: 2, releases: [sealed('v1')], keep });
  const about = {
    app: 'shop',
    target: 'local',
    before,
    version: 'v2',
    profile,
    environmentNames: [],
    python: '3.12.1',
  };
  return failedRun({ ...about, performed });
}

describe('an undo that was not complete', () => {
  it('is told with the step and what is left', () => {
    const left = [{ step: 'build.folder', title: 'Make the folder', detail: 'Permission denied: /srv/x' }];
    const { exit, trouble } = error({ failure: { ...failure, step: 'build.venv', phase: 'build' }, left });
    expect(exit).toBe(5);
    expect(trouble.state).toBe(
      'v1 is live, as before; visitors noticed nothing. v2 was not wholly taken back; its logs are kept. Not taken back: Make the folder (build.folder: Permission denied: /srv/x).',
    );
  });

  it('never says that the old release is live again when it is not', () => {
    const left = [{ step: 'switch.live', title: 'Switch to v2', detail: 'No space left on device' }];
    const { trouble } = error({ failure: { ...failure, step: 'watch.http', phase: 'watch' }, live: 'v2', left });
    expect(trouble.state).toContain('v2 is live: the switch could not be taken back.');
  });

  it('is not hinted at where everything was taken back', () => {
    const { trouble } = error({ failure: { ...failure, step: 'build.venv', phase: 'build' } });
    expect(trouble.state).toBe(
      'v1 is live, as before; visitors noticed nothing. v2 was taken back; its logs are kept.',
    );
  });
});
