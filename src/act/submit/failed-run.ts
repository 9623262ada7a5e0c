import { DecantError, type ExitCode, exitCodes } from '../../base/errors.ts';
import { areRivals } from '../../decide/relay-command.ts';
import type { LeftStep } from '../../model/event.ts';
import { phases } from '../../model/phases.ts';
import type { Profile } from '../../model/profile.ts';
import type { AppState } from '../../model/state.ts';
import type { FileToBring } from '../../read/brought-file.ts';
import { explainedFailure } from '../../read/failures/explain.ts';
import { isServing } from '../gather/deployment.ts';
import type { Performed } from './notebook.ts';

export interface FailedRun {
  readonly app: string;
  readonly target: string;
  readonly performed: Performed;
  /** The state before the run. */
  readonly before: AppState;
  readonly version: string | null;
  readonly profile: Profile;
  readonly environmentNames: readonly string[];
  readonly python: string;
  /** Revisions of the code's migrations. */
  readonly revisions?: readonly string[];
  /** Settings files that nobody has brought yet. */
  readonly files?: readonly FileToBring[];
  /** The command that tries it again, where `decant up` alone could mean another app. */
  readonly again?: string;
  /** Names of the variables whose change went with the release. */
  readonly unkept?: readonly string[];
}

/** The four-part error of a plan that did not end well, with the exit code of design.md §5. */
export function failedRun(run: FailedRun): DecantError {
  const { end } = run.performed;
  if (end.outcome === 'cancelled') return cancelled(run);
  if (end.outcome === 'stale') return overtaken(end.live);

  const failure = end.failure;
  if (failure === undefined) throw new Error(`a run ended as ${end.outcome} without a failure`);
  const explained = explainedFailure({
    ...failure,
    output: failure.output ?? [],
    profile: run.profile,
    environmentNames: run.environmentNames,
    app: run.app,
    target: run.target,
    python: run.python,
    ...(run.files === undefined ? {} : { files: run.files }),
    revisions: { database: run.before.databases.flatMap(({ revision }) => revision ?? []), code: run.revisions ?? [] },
  });

  const version = hasBegun(run) ? run.version : null;

  return new DecantError(exitCode(run, explained), {
    code: explained.code,
    what: explained.what,
    evidence: explained.evidence,
    state: worldState(run),
    next: [
      ...explained.next.map(line => line.replace(/\bdecant up\b/, run.again ?? 'decant up')),
      ...(version === null ? [] : [`decant logs --release ${version} -a ${run.app}`]),
    ],
  });
}

/** By the world first: what a visitor sees now decides before whose fault it was. */
function exitCode(run: FailedRun, { code, person }: { readonly code: string; readonly person: boolean }): ExitCode {
  const { performed, before } = run;
  const { end } = performed;

  // What is known to stand in the way before anything was built, somebody has to clear away.
  const isNobodys = code === 'unknown' || end.failure?.reason === 'killed';
  if (!hasBegun(run)) return person || !isNobodys ? exitCodes.person : exitCodes.failed;
  if (isServing({ state: before }))
    return end.live === null || !isBack(run) ? exitCodes.failedNothingServes : exitCodes.failedOldServes;
  return person ? exitCodes.person : exitCodes.failed;
}

/** Whether the build had begun: from then on there is a number, and there are logs. */
function hasBegun({ performed: { end } }: FailedRun): boolean {
  return phases.indexOf(end.failure?.phase ?? 'build') >= phases.indexOf('build');
}

/** Whether a release that had to let go of its port answers again. */
function isBack({ performed: { end } }: FailedRun): boolean {
  return !(end.left ?? []).some(({ step }) => step === 'start.stop-old');
}

/** Whether the live release was ended so that the new one could have its port. */
function wasStopped({ performed: { end }, profile, before }: FailedRun): boolean {
  const live = before.releases.find(({ version }) => version === before.live);
  return areRivals(profile.listens, live) && phases.indexOf(end.failure?.phase ?? 'build') >= phases.indexOf('start');
}

function worldState(run: FailedRun): string {
  const { performed, before, version } = run;
  const { end, facts } = performed;
  const phase = end.failure?.phase ?? 'build';
  const again = phases.indexOf(phase) > phases.indexOf('switch');
  const noticed = wasStopped(run)
    ? `it was stopped for ${version}, which needs the same port, and visitors waited`
    : 'visitors noticed nothing';
  const how = !isBack(run)
    ? 'is live, but does not answer'
    : again
      ? 'is live again: the switch was taken back'
      : `is live, as before; ${noticed}`;
  const stopped = before.live !== null && !isServing({ state: before });
  const serving =
    end.live === null
      ? 'Nothing is live.'
      : end.live === version && before.live !== version
        ? `${end.live} is live: the switch could not be taken back.`
        : stopped
          ? `${end.live} did not run before, and does not run now.`
          : `${end.live} ${how}.`;
  const undone =
    version === null || !hasBegun(run)
      ? ''
      : ` ${version} was ${(end.left ?? []).length === 0 ? '' : 'not wholly '}taken back; its logs are kept.`;
  const schema =
    phases.indexOf(phase) > phases.indexOf('migrate') && facts.revision !== undefined
      ? ` The database stays at revision ${facts.revision}.`
      : '';
  const restore =
    facts['restore-command'] === undefined
      ? restored(run)
      : ` The database was left as the migration left it; its copy is put back with: ${facts['restore-command']}`;

  return `${before.live === null && end.live === null ? 'Nothing was live before, nothing is live now.' : serving}${undone}${schema}${restore}${unkept(run)}${leftWords(end.left)}`;
}

function restored({ performed: { end }, before, profile }: FailedRun): string {
  const copied = before.databases.length > 0 && profile.database?.kind === 'sqlite';
  return end.failure?.phase === 'migrate' && copied && end.left === undefined
    ? ' The database is as it was before the migration.'
    : '';
}

/** The store is switched with the release, and back with it. */
function unkept({ unkept: names = [], performed }: FailedRun): string {
  if (names.length === 0 || performed.end.left !== undefined) return '';
  return ` The change was not kept: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} stored as before.`;
}

/** Which steps could not be taken back, and why, as a sentence to append; nothing where there are none. */
export function leftWords(left: readonly LeftStep[] = []): string {
  const rows = left.map(({ step, title, detail }) => `${title} (${step}${detail === '' ? '' : `: ${detail}`})`);
  return rows.length === 0 ? '' : ` Not taken back: ${rows.join('; ')}.`;
}

function cancelled(run: FailedRun): DecantError {
  return new DecantError(exitCodes.interrupted, {
    code: 'cancelled',
    what: 'Cancelled.',
    evidence: [],
    state: run.performed.end.switched
      ? `${run.performed.end.live} is live: the switch had happened, and was finished.`
      : worldState(run),
    next: [run.again ?? 'decant up'],
  });
}

/** Somebody else's change came between the look and the lock, and again after the second look. */
export function overtaken(live: string | null): DecantError {
  return new DecantError(exitCodes.locked, {
    code: 'overtaken',
    what: 'Somebody else changed the app between the decision and the work.',
    evidence: [live === null ? 'nothing is live now' : `${live} is live now`],
    state: 'Nothing was changed by this command.',
    next: ['run it again, with --wait where others deploy too', 'decant releases'],
  });
}
