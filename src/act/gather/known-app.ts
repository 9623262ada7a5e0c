import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Manifest } from '../../model/release.ts';
import type { Context } from '../context.ts';
import { settle } from '../submit/perform.ts';
import { appRecords, recordFor, requiredApp } from './app-store.ts';
import { type Gathered, gather } from './gathered.ts';

/** The app that a command is about, as it is now. */
export function knownApp(context: Context): Promise<Gathered> {
  const record = requiredApp(context.home, { name: context.appName, folder: context.cwd });
  return gather(context, record, { keepsAnswers: false });
}

/** The same, after a torn run was undone or finished: for commands that change something. */
export async function settledApp(context: Context): Promise<Gathered> {
  const gathered = await knownApp(context);
  if (gathered.state.unfinished === null) return gathered;

  await settle(context, gathered);
  return knownApp(context);
}

/** The same, or the app that this folder will be: `config set` may come before a first release. */
export function appForConfig(context: Context): Promise<Gathered> {
  const { home, appName, cwd } = context;
  const isKnown = appRecords(home).some(record =>
    appName === undefined ? record.source === cwd || cwd.startsWith(`${record.source}/`) : record.name === appName,
  );

  return isKnown
    ? knownApp(context)
    : gather(context, recordFor(home, { source: cwd, name: appName }), { keepsAnswers: false });
}

/** A release that is here; without a version, the live one. */
export function keptRelease({ state, record }: Gathered, version: string | undefined): Manifest {
  const wanted = version ?? state.live;
  const found = state.releases.find(release => release.version === wanted);
  if (found !== undefined) return found;

  throw new DecantError(exitCodes.usage, {
    code: wanted === null ? 'nothing-live' : 'no-such-release',
    what: wanted === null ? `${record.name} has no live release.` : `${record.name} has no release ${wanted}.`,
    evidence: state.releases.length === 0 ? [] : [`kept: ${state.releases.map(release => release.version).join(', ')}`],
    state: 'Nothing was changed.',
    next: state.releases.length === 0 ? ['decant up'] : ['decant releases'],
  });
}
