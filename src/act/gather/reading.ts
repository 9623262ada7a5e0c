import { userInfo } from 'node:os';
import { join } from 'node:path';
import { withoutCredentials } from '../../base/credentials.ts';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { localLayout } from '../../base/layout.ts';
import { pastedWord } from '../../base/words.ts';
import type { IdleProcess } from '../../decide/brokers.ts';
import { allowedInterpreters } from '../../decide/next-attempt.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { UpRequest } from '../../model/requests.ts';
import type { FileToBring } from '../../read/brought-file.ts';
import { missingWarning } from '../../read/missing-variables.ts';
import type { Context } from '../context.ts';
import { projectConfig } from '../source/project-config.ts';
import { openPythonParser } from '../source/python-parser.ts';
import { type GatheredSource, gatherSource, packedSource } from '../source/source.ts';
import { isGitUrl, type SourcePlace, sourcePlace } from '../source/source-place.ts';
import { awaitPlan, settle } from '../submit/perform.ts';
import type { Waiting } from '../submit/runner-client.ts';
import { type AppRecord, appRecords } from './app-store.ts';
import { askedSource } from './asked-source.ts';
import { chosenRecord, rechosenRecord, refuseMove, type Say } from './chosen-record.ts';
import { keptValues } from './config-store.ts';
import { filesToBring } from './files-to-bring.ts';
import { type Gathered, gather } from './gathered.ts';
import { noFittingPython } from './no-python.ts';
import { besideOwnPort } from './own-port.ts';
import { refuseFatal } from './refuse-fatal.ts';
import { type ReleaseInputs, releaseInputs } from './release-inputs.ts';
import { silentServices } from './silent-services.ts';

/** All that was read for a deploy: the machine, the source, and what the source says. */
export interface Reading {
  readonly gathered: Gathered;
  readonly source: GatheredSource;
  readonly inputs: ReleaseInputs;
  readonly idle: readonly IdleProcess[];
  readonly copies: Deployment['copies'];
  readonly watchSeconds: number | undefined;
  /** Settings files that nobody has brought yet. */
  readonly files: readonly FileToBring[];
  /** The command that would do this again, from the same folder. */
  readonly again: string;
  /** What will go wrong, as far as it can be read. */
  readonly warnings: readonly string[];
  /** A runner that starts while the plan is decided; only where an update is likely. */
  readonly waiting: Waiting | undefined;
}

/** Reads for a deploy, lets `use` work with it, and removes what was only for reading. `settles`: torn runs are undone or finished first. */
export async function withReading<T>(
  context: Context,
  request: UpRequest,
  use: (reading: Reading) => Promise<T>,
  settles: boolean,
): Promise<T> {
  const place = await sourcePlace(context, askedSource(context, request.source), { ref: request.ref, keeps: settles });

  try {
    return await readPlace(context, { request, place, settles }, use);
  } finally {
    await place.remove();
  }
}

async function readPlace<T>(
  context: Context,
  { request, place, settles }: { request: UpRequest; place: SourcePlace; settles: boolean },
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  if (request.withState && place.ref !== undefined) throw noFolderState(place);
  const project = await projectConfig(context, place, { port: request.port });
  const choices: string[] = [];
  const say: Say = text => void choices.push(text);
  const record = await chosenRecord(context, { place, project }, say);
  const parsing = openPythonParser();
  const isAsked = project.settings.port !== undefined;
  const gathering = gatheredFor(context, { record, settles, isAsked }, say);
  const asked = {
    folder: place.folder,
    home: context.home,
    ref: place.ref,
    repository: localLayout(context.home, userInfo().uid, record.name).repository,
    base: gathering.then(({ state }) => state.releases.at(-1)?.commit ?? null),
  };
  const [gathered, found] = await Promise.all([gathering, gatherSource(asked)]);

  const waiting = settles && gathered.state.live !== null ? await awaitPlan(context, gathered) : undefined;
  // git packs while the source is read here.
  const packing = packedSource(found, asked);
  packing.catch(() => {});

  try {
    const inputs = await releaseInputs({
      app: gathered.record.name,
      source: found,
      kept: keptValues(gathered.layout.config),
      project,
      parsing,
      readsIgnored: place.ref === undefined,
      isFirst: gathered.state.live === null,
    });
    refuseFatal(inputs.profile, { cwd: context.cwd, place, ref: request.ref, subFolder: found.subFolder });
    refuseUnfit(gathered, inputs);
    const ownRecord = await besideOwnPort(context, { gathered, profile: inputs.profile, isAsked }, say);
    for (const text of choices) context.report({ type: 'note', level: 'info', text });
    const environment = Object.fromEntries(inputs.values.map(({ name, value }) => [name, value]));
    const about = { state: gathered.state, target: context.target };
    const silence = await silentServices(inputs.profile, environment, about);
    const source = await packing;
    const copies = request.withState ? stateCopies(context, gathered, { source, inputs }) : undefined;
    const files = filesToBring(inputs.profile, gathered, { place, cwd: context.cwd });
    return await use({
      gathered: { ...gathered, record: ownRecord },
      source,
      inputs,
      idle: silence.idle,
      copies,
      watchSeconds: request.watchSeconds,
      waiting,
      files,
      again: againCommand(context, request),
      warnings: [...warningsOf(context, { place, record: gathered.record, inputs, files }), ...silence.warnings],
    });
  } finally {
    waiting?.close();
    for (const each of [found, await packing.catch(() => found)]) await each.remove();
  }
}

function refuseUnfit({ interpreters }: Gathered, { profile }: ReleaseInputs): void {
  if (allowedInterpreters(profile, interpreters).length > 0) return;
  const found = interpreters.map(({ version }) => version);
  throw noFittingPython({ requires: profile.python.requires, found }, profile);
}

/** What `--with-state` copies; nothing once there is a release, whose visitors have written state of their own. */
function stateCopies(
  context: Context,
  { state, record }: Gathered,
  { source, inputs }: Pick<Reading, 'source' | 'inputs'>,
): Deployment['copies'] {
  if (state.live === null) return inputs.ignoredState.map(path => ({ from: join(source.folder, path), path }));

  const text = `${record.name} has a release and state of its own: --with-state copies nothing.`;
  context.report({ type: 'note', level: 'warning', text });
  return undefined;
}

function noFolderState({ identity, ref }: SourcePlace): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'no-folder-state',
    what: '--with-state copies from a folder as it is, and this is none.',
    evidence: [`${withoutCredentials(identity)} at ${ref}`],
    state: 'Nothing was changed.',
    next: ['decant up DIR --with-state', 'leave --with-state out'],
  });
}

function warningsOf(
  { home, cwd, target }: Context,
  {
    place,
    record,
    inputs,
    files,
  }: {
    place: SourcePlace;
    record: AppRecord;
    inputs: ReleaseInputs;
    files: ReturnType<typeof filesToBring>;
  },
): string[] {
  const isKnown = appRecords(home).some(({ name }) => name === record.name);
  const isHere = isKnown || place.identity === cwd;
  const after = isHere
    ? ''
    : isGitUrl(place.identity)
      ? `, then  decant up ${withoutCredentials(place.identity)} -a ${record.name}`
      : ` -C ${pastedWord(place.identity)}`;
  const given = inputs.values.map(({ name }) => name);
  const warning = missingWarning(inputs.profile, { given, app: record.name, target, after });

  return [...(warning === null ? [] : [warning]), ...files.map(each => each.warning)];
}

function againCommand({ appName }: Context, { source, ref }: UpRequest): string {
  const name = appName === undefined ? [] : ['-a', appName];
  return [
    'decant',
    'up',
    ...[source, ref].flatMap(word => word ?? []).map(word => pastedWord(withoutCredentials(word))),
    ...name,
  ].join(' ');
}

/** The app's facts; with `settles`, after a torn run was undone or finished. */
async function gatheredFor(
  context: Context,
  { record, settles, isAsked }: { readonly record: AppRecord; readonly settles: boolean; readonly isAsked: boolean },
  say: Say,
): Promise<Gathered> {
  const found = await gather(context, record, { keepsAnswers: settles });
  const gathered = { ...found, record: await rechosenRecord(context, { gathered: found, isAsked }, say) };
  refuseMove(gathered);
  if (!settles || gathered.state.unfinished === null) return gathered;

  await settle(context, gathered);
  return gather(context, gathered.record, { keepsAnswers: true });
}
