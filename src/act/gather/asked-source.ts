import { existsSync } from 'node:fs';
import type { Context } from '../context.ts';
import { isGitUrl } from '../source/source-place.ts';
import { appRecords } from './app-store.ts';

/** The source that a command is about: the one that was named, else where `-a NAME` came from last, else this folder. */
export function askedSource(
  { home, cwd, appName, report }: Pick<Context, 'home' | 'cwd' | 'appName' | 'report'>,
  named: string | undefined,
): string | undefined {
  if (named !== undefined || appName === undefined) return named;

  // Without a port it was never brought live: its source is where somebody stood when they set a variable.
  const record = appRecords(home).find(each => each.name === appName && each.port !== 0);
  if (record === undefined || record.source === cwd) return undefined;
  if (!isGitUrl(record.source) && !existsSync(record.source)) return undefined;

  const text = `${appName} comes from ${record.source}. From this folder instead:  decant up . -a ${appName}`;
  report({ type: 'note', level: 'info', text });
  return record.source;
}
