import { existsSync, readdirSync } from 'node:fs';
import { withoutCredentials } from '../../base/credentials.ts';
import type { Context } from '../context.ts';
import { isGitUrl } from '../source/source-place.ts';
import { appRecords } from './app-store.ts';

/**
 * The source that a command is about: the one that was named; else this folder, where it holds one (a checkout in CI has
 * its name from DECANT_APP); else where `-a NAME` came from.
 */
export function askedSource(
  { home, cwd, appName, report }: Pick<Context, 'home' | 'cwd' | 'appName' | 'report'>,
  named: string | undefined,
): string | undefined {
  if (named !== undefined || appName === undefined) return named;

  // Without a port it was never brought live: its source is where somebody stood when they set a variable.
  const record = appRecords(home).find(each => each.name === appName && each.port !== 0);
  if (record === undefined || record.source === cwd) return undefined;
  if (holdsSource(cwd)) {
    const text = `${appName} came from ${record.source} until now; this folder takes its place. Not meant? Leave out -a, or give another name.`;
    report({ type: 'note', level: 'warning', text });
    return undefined;
  }
  if (!isGitUrl(record.source) && !existsSync(record.source)) return undefined;

  const text = `${appName} comes from ${withoutCredentials(record.source)}. From this folder instead:  decant up . -a ${appName}`;
  report({ type: 'note', level: 'info', text });
  return record.source;
}

/** A repository, or a folder with a Python file or a manifest in it. */
function holdsSource(folder: string): boolean {
  try {
    return readdirSync(folder).some(name =>
      /^\.git$|\.py$|^(?:requirements.*\.txt|pyproject\.toml|Pipfile|Procfile)$/.test(name),
    );
  } catch {
    return false;
  }
}
