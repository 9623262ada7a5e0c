import type { DecantError } from '../../base/errors.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { AppState } from '../../model/state.ts';
import { migrationRevisions } from '../../read/migration-revisions.ts';
import type { ReleaseInputs } from '../gather/release-inputs.ts';
import { type FailedRun, failedRun } from './failed-run.ts';
import type { Performed } from './notebook.ts';

interface FailedDeployment extends Pick<FailedRun, 'again' | 'unkept' | 'files'> {
  readonly deployment: Deployment;
  /** The state before the run. */
  readonly before: AppState;
  readonly inputs: Pick<ReleaseInputs, 'files' | 'profile'>;
}

/** The error of a new release that did not become live. */
export function failedDeployment(
  performed: Performed,
  { deployment, before, inputs, ...more }: FailedDeployment,
): DecantError {
  const { app, target, version, environment, python } = deployment;

  return failedRun({
    app,
    target,
    performed,
    before,
    version,
    profile: inputs.profile,
    environmentNames: Object.keys(environment),
    python: python.version,
    revisions: migrationRevisions(inputs.files, inputs.profile),
    ...more,
  });
}
