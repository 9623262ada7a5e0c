import { deployPlan } from '../../decide/deploy-plan.ts';
import { environmentValues, type Value } from '../../decide/environment.ts';
import { noRemedies } from '../../decide/remedies.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { Interpreter } from '../../model/deployment.ts';
import type { Profile } from '../../model/profile.ts';
import type { Manifest } from '../../model/release.ts';
import type { Context } from '../context.ts';
import { readConfig } from '../gather/config-store.ts';
import { deploymentOf } from '../gather/deployment.ts';
import type { Gathered } from '../gather/gathered.ts';
import { keptRelease } from '../gather/known-app.ts';
import { noFittingPython } from '../gather/no-python.ts';
import { releaseInputs } from '../gather/release-inputs.ts';
import { silentServices } from '../gather/silent-services.ts';
import { keptConfig, keptSource } from '../source/kept-source.ts';
import { failedDeployment } from './failed-deployment.ts';
import { perform } from './perform.ts';
import { upAnswer } from './up-answer.ts';

export interface Redeploy {
  readonly kind: 'config' | 'restart';
  /** The environment of the new release, from the live one's. */
  readonly change: (values: readonly Value[]) => readonly Value[];
  readonly wait: boolean;
}

/** A new release number from the live release's code, Python and packages, with another environment. */
export async function redeploy(context: Context, gathered: Gathered, request: Redeploy): Promise<UpAnswer> {
  const live = keptRelease(gathered, undefined);
  const source = await keptSource(gathered.layout, live, live.root);
  const before = readConfig(`${gathered.layout.release(live.version).folder}/config.json`);
  const inputs = await releaseInputs({
    app: gathered.record.name,
    source,
    kept: [],
    project: await keptConfig(context, gathered.layout, live),
    readsIgnored: false,
    isFirst: false,
  });
  const values = environmentValues(request.change(before));
  const python = liveInterpreter(gathered, live, inputs.profile);
  const environment = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const silence = await silentServices(inputs.profile, environment, { state: gathered.state, target: context.target });
  const deployment = deploymentOf(context, {
    kind: request.kind,
    record: gathered.record,
    gathered,
    inputs: { ...inputs, values, generated: [] },
    source,
    bundled: false,
    python,
    remedies: live.remedies ?? noRemedies,
    assumed: [
      `Python ${python.version}: as the live release`,
      ...live.assumed.filter(line => !line.startsWith('Python ')),
    ],
    idle: silence.idle,
  });
  const performed = await perform(context, gathered, {
    decision: deployPlan(deployment),
    bundle: {},
    wait: request.wait,
  });
  if (performed.end.outcome !== 'done')
    throw failedDeployment(performed, {
      deployment,
      before: gathered.state,
      inputs,
      again: `decant ${request.kind === 'restart' ? 'restart' : 'config list'} -a ${deployment.app}`,
      unkept: changedNames(before, values),
    });

  return {
    ...upAnswer(context, { deployment, inputs: { generated: [], ignoredState: [] }, performed }),
    environment_changed: changedNames(before, values),
  };
}

/** The interpreter of the live release: another one would be another build. */
function liveInterpreter({ interpreters }: Gathered, live: Manifest, profile: Profile): Interpreter {
  const found = interpreters.find(interpreter => interpreter.version === live.python);
  if (found !== undefined) return found;

  throw noFittingPython({ requires: live.python, found: interpreters.map(one => one.version) }, profile);
}

/** Names whose values differ, or that only one side has. */
export function changedNames(before: readonly Value[], after: readonly Value[]): string[] {
  const old = new Map(before.map(({ name, value }) => [name, value]));
  const now = new Map(after.map(({ name, value }) => [name, value]));
  const names = new Set([...old.keys(), ...now.keys()]);

  return [...names].filter(name => old.get(name) !== now.get(name)).sort();
}
