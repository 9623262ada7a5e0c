import { DecantError, exitCodes } from '../../base/errors.ts';
import { rollbackPlan, rollbackTarget } from '../../decide/rollback-plan.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { Manifest } from '../../model/release.ts';
import type { RollbackRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { readConfig } from '../gather/config-store.ts';
import type { Gathered } from '../gather/gathered.ts';
import { keptRelease, settledApp } from '../gather/known-app.ts';
import { detected } from '../gather/release-inputs.ts';
import { keptConfig, keptSource } from '../source/kept-source.ts';
import { failedRun } from '../submit/failed-run.ts';
import type { Performed } from '../submit/notebook.ts';
import { perform } from '../submit/perform.ts';
import { changedNames } from '../submit/redeploy.ts';
import { activatedAnswer } from '../submit/up-answer.ts';

/** Makes a release from the past live again, with its environment; the database stays as it is. */
export async function rollback(context: Context, request: RollbackRequest): Promise<UpAnswer> {
  const gathered = await settledApp(context);
  const { state, layout, record } = gathered;
  const to = request.version === undefined ? rollbackTarget(state) : keptRelease(gathered, request.version);
  if (to === undefined) throw nowhere(gathered);

  const unchanged = to.version === state.live;
  const changed = unchanged ? [] : environmentChange(gathered, to);
  const address = { host: record.host, port: record.port };
  const performed = unchanged
    ? null
    : await perform(context, gathered, {
        decision: rollbackPlan({
          app: record.name,
          target: context.target,
          by: gathered.by,
          layout,
          host: gathered.host,
          address,
          state,
          to,
          gateSeconds: context.timeoutSeconds ?? null,
        }),
        bundle: {},
        wait: request.wait,
      });
  if (performed !== null && performed.end.outcome !== 'done') throw await failed(context, gathered, to, performed);

  return rolledBack(context, gathered, { to, performed, changed });
}

function environmentChange({ layout, state }: Gathered, to: Manifest): string[] {
  const file = (version: string) => `${layout.release(version).folder}/config.json`;
  return state.live === null ? [] : changedNames(readConfig(file(state.live)), readConfig(file(to.version)));
}

async function failed(context: Context, gathered: Gathered, to: Manifest, performed: Performed): Promise<DecantError> {
  const source = await keptSource(gathered.layout, to, to.root);
  const { profile } = await detected(gathered.record.name, source, await keptConfig(context, gathered.layout, to));

  return failedRun({
    app: gathered.record.name,
    target: context.target,
    performed,
    before: gathered.state,
    version: to.version,
    profile,
    environmentNames: to.environment,
    python: to.python,
  });
}

function rolledBack(
  context: Context,
  { state, record }: Gathered,
  {
    to,
    performed,
    changed,
  }: { readonly to: Manifest; readonly performed: Performed | null; readonly changed: readonly string[] },
): UpAnswer {
  const { subject, dirty, version } = to;
  const live = state.releases.find(release => release.version === state.live);
  const migrated = live?.migration?.hash === to.migration?.hash ? undefined : state.notes.revision;
  const stays =
    migrated === undefined || performed === null
      ? []
      : [`the database stays at revision ${migrated}: migrations are not undone`];

  const gone = performed === null ? [] : (live?.environment ?? []).filter(name => !to.environment.includes(name));
  const unset =
    gone.length === 0
      ? []
      : [
          `${to.version} did not have ${gone.join(', ')}: not set any more; to set again:  decant config set ${gone.map(name => `${name}=…`).join(' ')} -a ${record.name}`,
        ];

  return activatedAnswer(
    context,
    { app: record.name, address: record, state, version, commit: to.source ?? to.commit, subject, dirty, performed },
    { warnings: [...(performed?.warnings ?? []), ...stays, ...unset], environment_changed: changed },
  );
}

function nowhere({ record, state }: Gathered): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'no-rollback',
    what: `${record.name} has no earlier release that was live and differs from ${state.live ?? 'nothing'}.`,
    evidence: state.releases.map(release => `${release.version}  ${release.commit.slice(0, 7)}`),
    state: 'Nothing was changed.',
    next: ['decant releases'],
  });
}
