import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { withoutCredentials } from '../../base/credentials.ts';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { appName, freeName, isAppName } from '../../base/names.ts';

/** `apps/<app>/app.json`: what decant knows of an app before it has a release. */
export interface AppRecord {
  readonly schema: 1;
  readonly name: string;
  /** The folder or git URL that it comes from. */
  readonly source: string;
  readonly host: string;
  readonly port: number;
}

/** Every app of this home, by name. */
export function appRecords(home: string): AppRecord[] {
  const apps = join(home, 'apps');
  if (!existsSync(apps)) return [];

  return readdirSync(apps)
    .sort()
    .flatMap(name => {
      const file = join(apps, name, 'app.json');
      return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as AppRecord] : [];
    });
}

/** The app of a command that names none: by `--app`, else by the folder's path; throws when there is none. */
export function requiredApp(
  home: string,
  request: { readonly name: string | undefined; readonly folder: string },
): AppRecord {
  const records = appRecords(home);
  const found =
    request.name === undefined
      ? (records.find(record => isInside(request.folder, record.source)) ??
        (records.length === 1 ? records[0] : undefined))
      : records.find(record => record.name === request.name);
  if (found !== undefined) return found;

  throw new DecantError(exitCodes.usage, {
    code: 'no-such-app',
    what: request.name === undefined ? `No app comes from ${request.folder}.` : `There is no app ${request.name}.`,
    evidence: records.map(record => `${record.name}  ${withoutCredentials(record.source)}`),
    state: 'Nothing was changed.',
    next: records.length === 0 ? ['decant up'] : ['decant apps', 'name the app with -a NAME'],
  });
}

function isInside(folder: string, source: string): boolean {
  return folder === source || folder.startsWith(`${source}/`);
}

/** The record for a source: the one it has, or a new one with a free name and no port yet (0). */
export function recordFor(
  home: string,
  request: { readonly source: string; readonly name: string | undefined },
): AppRecord {
  const records = appRecords(home);
  const named = request.name === undefined ? undefined : records.find(record => record.name === request.name);
  if (named !== undefined) return { ...named, source: request.source };

  const known = request.name === undefined ? records.find(record => record.source === request.source) : undefined;
  if (known !== undefined) return known;
  if (request.name !== undefined && !isAppName(request.name)) throw badName(request.name);

  const taken = new Set(records.map(record => record.name));
  return {
    schema: 1,
    name: freeName(request.name ?? sourceName(request.source), taken),
    source: request.source,
    host: '127.0.0.1',
    port: 0,
  };
}

/** What an app of this source is called where nobody says otherwise. */
export function sourceName(source: string): string {
  return appName(withoutCredentials(source).replace(/\/+$/, '').split(/[/:]/).at(-1) ?? 'app');
}

export async function saveRecord(home: string, record: AppRecord): Promise<void> {
  const folder = join(home, 'apps', record.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A git URL may hold a token. The mode counts for a new file only, and this one may be left from a kill.
  await rm(join(folder, 'app.json.next'), { force: true });
  await writeFile(join(folder, 'app.json.next'), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(join(folder, 'app.json.next'), join(folder, 'app.json'));
}

/** Where an app is looked for first. */
export const usualPort = 8000;

/** The usual port, else the next port that is neither taken nor another app's, nor the one that is left out. */
export async function freePort(home: string, host: string, without?: number): Promise<number> {
  const others = new Set([without, ...appRecords(home).map(record => record.port)]);

  for (let port = usualPort; port < usualPort + 100; port += 1) {
    if (!others.has(port) && (await canListen(host, port))) return port;
  }

  throw new DecantError(exitCodes.person, {
    code: 'port-taken',
    what: 'No port from 8000 to 8099 is free.',
    evidence: [],
    state: 'Nothing was changed.',
    next: ['decant up --port PORT'],
  });
}

/** Whether nobody has the address now. */
export function canListen(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function badName(name: string): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'bad-name',
    what: `${JSON.stringify(name)} can't be an app's name.`,
    evidence: ['lower-case letters, digits and dashes, at most 40, no dash at either end'],
    state: 'Nothing was changed.',
    next: [`decant up -a ${appName(name)}`],
  });
}
