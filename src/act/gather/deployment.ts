import type { IdleProcess } from '../../decide/brokers.ts';
import type { Decision } from '../../decide/draft.ts';
import { lastingState } from '../../decide/lasting-state.ts';
import { migrationHash } from '../../decide/migration-hash.ts';
import { venvRecipe } from '../../decide/venv-recipe.ts';
import type { Deployment, Interpreter, Remedies } from '../../model/deployment.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';
import type { GatheredSource } from '../source/source.ts';
import type { AppRecord } from './app-store.ts';
import { configText } from './config-store.ts';
import type { Gathered } from './gathered.ts';
import { indexSettings } from './index-settings.ts';
import type { ReleaseInputs } from './release-inputs.ts';

/** Everything that one attempt is decided from. */
export interface Attempting {
  readonly kind: Deployment['kind'];
  readonly record: AppRecord;
  readonly gathered: Gathered;
  readonly inputs: ReleaseInputs;
  readonly source: GatheredSource;
  /** Whether decant's repository lacks the commit. */
  readonly bundled: boolean;
  readonly python: Interpreter;
  readonly remedies: Remedies;
  readonly assumed: readonly string[];
  readonly idle: readonly IdleProcess[];
  /** State to be copied from the person's folder (`--with-state`). */
  readonly copies?: Deployment['copies'];
  /** What was asked for with `--watch`. */
  readonly watchSeconds?: number | undefined;
}

/** The facts, put together as decide wants them. */
export function deploymentOf(context: Context, attempt: Attempting): Deployment {
  const { gathered, inputs, source, record, python } = attempt;
  const environment = Object.fromEntries(inputs.values.map(({ name, value }) => [name, value]));
  const { commit, original, subject, ref, dirty } = source;

  return {
    kind: attempt.kind,
    app: record.name,
    target: context.target,
    by: gathered.by,
    layout: gathered.layout,
    host: gathered.host,
    address: { host: record.host, port: record.port },
    state: gathered.state,
    version: `v${gathered.state.next}`,
    source: {
      commit,
      original,
      subject,
      ref,
      dirty,
      describe: inputs.describe,
      bundle: attempt.bundled ? `${commit}.bundle` : null,
    },
    profile: {
      ...inputs.profile,
      processes: running(inputs.profile.processes, attempt.idle),
      state: [...inputs.profile.state, ...lastingState(inputs.profile, gathered.state, inputs.files.paths)],
    },
    install: inputs.install,
    python,
    venv: venvRecipe({ ...inputs, python, remedies: attempt.remedies, settings: indexSettings(context.environment) }),
    environment,
    generated: inputs.values.filter(value => value.origin === 'generated').map(value => value.name),
    config: configText(inputs.values),
    gunicornConf: inputs.gunicornConf,
    tuning: inputs.tuning,
    migrationHash: migrationHash(inputs.profile, inputs.files, { commit, environment }),
    assumed: [
      ...attempt.assumed,
      ...lastingState(inputs.profile, gathered.state, inputs.files.paths).map(
        ({ path }) => `${path} is kept as in ${gathered.state.live}: the code does not name it any more`,
      ),
    ],
    idle: attempt.idle,
    ...(attempt.copies === undefined ? {} : { copies: attempt.copies }),
    watchSeconds: attempt.watchSeconds ?? null,
    gateSeconds: context.timeoutSeconds ?? null,
  };
}

function running(processes: Profile['processes'], idle: readonly IdleProcess[]): Profile['processes'] {
  return Object.fromEntries(
    Object.entries(processes).filter(([name]) => !idle.some(({ process }) => process === name)),
  );
}

/** Whether the live release is what would be built: then there is nothing to do. */
export function isUnchanged(deployment: Deployment, decision: Decision): boolean {
  const live = deployment.state.releases.find(release => release.version === deployment.state.live);
  const seal = decision.plan.steps.find(step => step.action.do === 'seal')?.action;
  if (live === undefined || seal?.do !== 'seal') return false;

  const same = (['commit', 'venv', 'env_hash', 'settings_hash', 'entry', 'python', 'health'] as const).every(
    key => live[key] === seal.manifest[key],
  );
  return same && JSON.stringify(live.processes) === JSON.stringify(seal.manifest.processes);
}

/** Whether the live release's processes run; otherwise `up` starts them again. */
export function isServing({ state }: Pick<Deployment, 'state'>): boolean {
  return (state.keep?.processes ?? []).some(
    process => process.release === state.live && process.kind === 'web' && process.state === 'running',
  );
}
