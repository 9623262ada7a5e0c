import type { Profile } from '../../model/profile.ts';
import { gunicornLine } from '../gunicorn-line.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import type { Served } from './listening.ts';
import { type ProcfileLine, procfileLines } from './procfile.ts';

/** The Procfile's lines, and the line that starts the web server wherever it stands, the app's own too; `release` is no process. */
export function processesClaim(app: App, served: Served | undefined): Claim<Profile['processes']> {
  const others = procfileLines(app.scope).filter(({ name }) => name !== 'release' && name !== 'web');
  const web = served === undefined ? webLine(app) : { name: 'web', command: served.command, place: served.evidence };
  const lines = [...(web === undefined ? [] : [web]), ...others];
  return {
    value: Object.fromEntries(lines.map(({ name, command }) => [name, command])),
    evidence: lines[0]?.place,
    problems: web === undefined || served !== undefined ? [] : untold(web),
  };
}

/** The Procfile's `web`, or the line of gunicorn that it leads to; without one, the line that named the entry. */
export function webLine({ scope, entry }: App): ProcfileLine | undefined {
  const written = procfileLines(scope).find(({ name }) => name === 'web');
  const started = entry?.server;
  return started === undefined || started.place === written?.place ? written : { name: 'web', ...started };
}

function untold({ command, place }: ProcfileLine) {
  return gunicornLine(command).untold.map(name => ({
    id: 'gunicorn-setting',
    message: `${name} is left out: only a shell can tell its value`,
    place,
  }));
}
