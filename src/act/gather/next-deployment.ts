import { deployPlan } from '../../decide/deploy-plan.ts';
import type { Decision } from '../../decide/draft.ts';
import { type Attempt, allowedInterpreters, nextAttempt, type Subject } from '../../decide/next-attempt.ts';
import { noRemedies } from '../../decide/remedies.ts';
import { tuningOptions } from '../../decide/server-command.ts';
import { manifestsHash, raisedServers } from '../../decide/venv-recipe.ts';
import type { Deployment, Interpreter, Remedies } from '../../model/deployment.ts';
import type { Context } from '../context.ts';
import { deploymentOf } from './deployment.ts';
import type { Gathered } from './gathered.ts';
import { noFittingPython } from './no-python.ts';
import type { Reading } from './reading.ts';
import type { ReleaseInputs } from './release-inputs.ts';

/** What the next attempt would be: its facts and its plan. */
export function nextDeployment(
  context: Context,
  reading: Reading & { readonly bundled: boolean },
  attempts: readonly Attempt[],
): { deployment: Deployment; decision: Decision } {
  const { gathered, inputs } = reading;
  const next = nextAttempt(subjectOf(context, reading), gathered.interpreters, attempts);
  if (next.kind === 'none') throw noFittingPython(next, inputs.profile);
  if (next.kind === 'stop') throw new Error('an attempt was asked for after a failure that no other Python mends');

  const lasting = attempts.length === 0 ? ofLiveRelease(gathered, inputs) : undefined;
  const { python, remedies } = lasting ?? next;
  const deployment = deploymentOf(context, {
    ...reading,
    kind: 'deploy',
    record: gathered.record,
    python,
    remedies,
    assumed: [
      `Python ${python.version}: ${lasting === undefined ? next.why : 'as the live release'}`,
      ...remedyWords(remedies),
      ...assumptions(inputs),
    ],
  });

  return { deployment, decision: deployPlan(deployment) };
}

/** What attempts are decided from. */
export function subjectOf({ now }: Context, { inputs, source }: Pick<Reading, 'inputs' | 'source'>): Subject {
  return { profile: inputs.profile, install: inputs.install, committedAt: source.committedAt, now: now() };
}

/** What the live release runs on stays, as long as it is there and allowed; and so does what its packages needed. */
function ofLiveRelease(
  { state, interpreters }: Gathered,
  { profile, install, files }: ReleaseInputs,
): { python: Interpreter; remedies: Remedies } | undefined {
  const live = state.releases.find(release => release.version === state.live);
  const same = interpreters.filter(python => python.version === live?.python);
  const [python] = allowedInterpreters(profile, same);
  const had = live?.remedies ?? noRemedies;

  // Who changes what is installed wants today's packages, or says which.
  const newest = live?.manifests === manifestsHash(install, files) ? had.newest : null;

  return python === undefined ? undefined : { python, remedies: { ...had, newest } };
}

function remedyWords({ additions, build, newest }: Remedies): string[] {
  return [
    ...additions.map(each => `${each} is installed too: a package counts on it without saying so`),
    ...build.map(each => `packages are built with ${each}: one of them needs it`),
    ...(newest === null ? [] : [`packages as they were on ${newest}: today's don't fit together`]),
  ];
}

function assumptions({ profile, install, tuning }: ReleaseInputs): string[] {
  const evidence = profile.candidates.find(candidate => candidate.entry === profile.entry)?.evidence;

  const options = tuningOptions({ profile, tuning });
  const served = profile.evidence.worker_class;
  const isReplaced = profile.problems.some(({ id }) => id === 'worker-class');

  return [
    ...(profile.entry === null ? [] : [`entry ${profile.entry}${evidence === undefined ? '' : ` (${evidence})`}`]),
    ...ownServer(profile),
    ...(profile.root === '.' ? [] : [`the app lives in ${profile.root}/`]),
    ...(served === undefined || isReplaced ? [] : [`worker class ${profile.worker_class} (${served})`]),
    ...(options.length === 0 ? [] : [`gunicorn ${options.join(' ')} (${profile.evidence.processes})`]),
    ...raisedServers(install, profile).map(({ requirement, why }) => `${requirement} is installed instead: ${why}`),
    ...profile.problems.flatMap(({ id, message, place }) => (said.has(id) ? `${message} (${place})` : [])),
  ];
}

function ownServer({ listens, processes, evidence }: ReleaseInputs['profile']): string[] {
  if (listens === null) return [];
  const place = evidence.listens === undefined ? '' : ` (${evidence.listens})`;
  return [
    'variable' in listens
      ? `its own server, on a port of decant's choice in ${listens.variable}: ${processes.web}${place}`
      : `its own server, on port ${listens.port} whatever it is told: ${processes.web}${place}. An update stops the old release first, and visitors wait: no zero downtime`,
  ];
}

/** Problems that change what is served, and that a person has to know. */
const said: ReadonlySet<string> = new Set([
  'front-end-apart',
  'gunicorn-setting',
  'only-under-main',
  'random-key',
  'worker-class',
]);
