import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { shownTrace } from '../../read/failures/traceback.ts';

const readLines = 400;

/** What tells most of a release's newest log. The journal has too few lines of a failure to find the app's own in them. */
export function lastWords(logs: string): readonly string[] {
  const names = existsSync(logs) ? readdirSync(logs).filter(name => name.endsWith('.log')) : [];
  const [newest] = names
    .map(name => ({ path: join(logs, name), at: statSync(join(logs, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);

  return newest === undefined ? [] : shownTrace(readFileSync(newest.path, 'utf8').split('\n').slice(-readLines));
}
