import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Context } from '../context.ts';
import type { ProjectConfig } from '../source/project-config.ts';
import type { SourcePlace } from '../source/source-place.ts';
import { type AppRecord, canListen, freePort, recordFor, sourceName, usualPort } from './app-store.ts';
import type { Gathered } from './gathered.ts';

/** Takes a sentence about a choice; it is said once nothing refuses the deploy any more. */
export type Say = (text: string) => void;

/** The app's record, with its address chosen. */
export async function chosenRecord(
  context: Context,
  { place, project }: { readonly place: SourcePlace; readonly project: ProjectConfig },
  say: Say,
): Promise<AppRecord> {
  const { app, host, port: asked } = project.settings;
  const name = context.appName ?? app;
  const known = recordFor(context.home, { source: place.identity, name });
  if (name === undefined && known.port === 0) saySuffix(known, sourceName(place.identity), say);

  if (asked !== undefined || known.port !== 0) return { ...known, host, port: asked ?? known.port };

  return { ...known, host, port: await chosenPort(context.home, { name: known.name, host }, say) };
}

/** A port that decant chose is given up again if somebody took it before the app was ever live. */
export async function rechosenRecord(
  context: Context,
  { gathered: { record, state }, isAsked }: { readonly gathered: Gathered; readonly isAsked: boolean },
  say: Say,
): Promise<AppRecord> {
  const isOurs = isAsked || state.live !== null || state.keep !== null || (await canListen(record.host, record.port));
  return isOurs ? record : { ...record, port: await chosenPort(context.home, record, say) };
}

/** The keeper holds one address as long as it runs: another one would close the old one under its visitors. */
export function refuseMove({ record, state: { keep } }: Gathered): void {
  if (keep === null || (keep.port === record.port && keep.host === record.host)) return;

  throw new DecantError(exitCodes.usage, {
    code: 'address-held',
    what: `${record.name} serves on ${keep.host}:${keep.port}; its address can't change while it runs.`,
    evidence: [`keeper ${keep.pid} holds ${keep.host}:${keep.port}`],
    state: 'Nothing was changed.',
    next: [`decant stop -a ${record.name}`, `decant up --port ${record.port} -a ${record.name}`],
  });
}

/** The usual port, or the next free one, said aloud. */
async function chosenPort(home: string, { name, host }: Pick<AppRecord, 'name' | 'host'>, say: Say): Promise<number> {
  const port = await freePort(home, host);
  if (port !== usualPort) say(`Port ${usualPort} is taken: ${name} gets ${port}, and keeps it.`);

  return port;
}

function saySuffix({ name }: AppRecord, wanted: string, say: Say): void {
  if (name !== wanted) say(`The name ${wanted} is taken: this app is ${name}. Another name: -a NAME.`);
}
