import { existsSync, readFileSync } from 'node:fs';
import type { Decision } from '../../decide/draft.ts';
import type { PlanAnswer, PlannedFile } from '../../model/answers.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { UpRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { isServing, isUnchanged } from '../gather/deployment.ts';
import { nextDeployment } from '../gather/next-deployment.ts';
import { withReading } from '../gather/reading.ts';

/** What `up` would do. Nothing on disk changes. */
export function plan(context: Context, request: UpRequest): Promise<PlanAnswer> {
  return withReading(
    context,
    request,
    async reading => {
      const bundled = (await reading.source.bundle()) !== null;
      const { deployment, decision } = nextDeployment(context, { ...reading, bundled }, []);
      const changed = request.force || !isUnchanged(deployment, decision) || !isServing(deployment);

      return {
        ok: true,
        app: deployment.app,
        target: deployment.target,
        changed,
        live: deployment.state.live,
        release: changed ? deployment.version : deployment.state.live,
        commit: deployment.source.original ?? deployment.source.commit,
        subject: deployment.source.subject,
        dirty: deployment.source.dirty,
        assumed: deployment.assumed,
        warnings: changed ? reading.warnings : [],
        plan: changed ? decision.plan : null,
        files: changed ? plannedFiles(deployment, decision) : [],
      };
    },
    false,
  );
}

/** The texts that steps write, beside what the live release has at the same place. Whatever may hold a secret is left out. */
function plannedFiles({ layout, version, state }: Deployment, { plan: { steps }, blobs }: Decision): PlannedFile[] {
  const folder = layout.release(version).folder;

  return steps.flatMap(({ action }) => {
    if (action.do !== 'write' || action.mode === '0600' || !action.path.startsWith(`${folder}/`)) return [];

    const inRelease = action.path.slice(folder.length + 1);
    const before = state.live === null ? undefined : `${layout.release(state.live).folder}/${inRelease}`;
    const file = { path: inRelease, after: blobs[action.blob] ?? '' };
    return [before !== undefined && existsSync(before) ? { ...file, before: readFileSync(before, 'utf8') } : file];
  });
}
