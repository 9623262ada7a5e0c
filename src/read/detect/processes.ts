import type { Profile } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import type { Served } from './listening.ts';
import { procfileLines } from './procfile.ts';

/** The Procfile's lines, and what starts an app's own server; `release` is no process. */
export function processesClaim({ scope }: App, served: Served | undefined): Claim<Profile['processes']> {
  const lines = procfileLines(scope).filter(({ name }) => name !== 'release');
  const written = Object.fromEntries(lines.map(({ name, command }) => [name, command]));
  const value = served === undefined ? written : { ...written, web: served.command };
  return { value, evidence: lines[0]?.place ?? served?.evidence };
}
