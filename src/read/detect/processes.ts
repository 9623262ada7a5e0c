import type { Profile } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import { procfileLines } from './procfile.ts';

/** The Procfile's lines; `release` is no process. */
export function processesClaim({ scope }: App): Claim<Profile['processes']> {
  const lines = procfileLines(scope).filter(({ name }) => name !== 'release');
  return { value: Object.fromEntries(lines.map(({ name, command }) => [name, command])), evidence: lines[0]?.place };
}
