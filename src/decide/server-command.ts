import { shellWords } from '../base/words.ts';
import type { Deployment } from '../model/deployment.ts';
import { servedName } from './held-entry.ts';
import { relayArgv } from './relay-command.ts';
import { hasOwnWorker } from './venv-recipe.ts';

/** Options of a person's own gunicorn line that tune it; each takes a value. Everything else is decant's to set. */
const tuning = new Set([
  '-w',
  '--workers',
  '--threads',
  '-t',
  '--timeout',
  '--graceful-timeout',
  '--keep-alive',
  '--max-requests',
  '--max-requests-jitter',
  '--worker-connections',
  '--backlog',
  '--log-level',
  '--access-logfile',
  '--access-logformat',
  '--limit-request-line',
  '--limit-request-fields',
  '--limit-request-field_size',
]);
const tuningAlone = new Set(['--preload', '--capture-output']);

/** The options of a Procfile's `web: gunicorn …` line that tune (workers, threads, timeouts), each as gunicorn reads it. */
export function tuningOptions(line: string | undefined): string[] {
  const words = line === undefined ? null : shellWords(line.replace(/\$\{?PORT\}?/g, '8000'));
  const program = words?.findIndex(word => /(?:^|\/)gunicorn$/.test(word)) ?? -1;
  if (words === null || program < 0) return [];

  return words.slice(program + 1).flatMap((word, at, all) => tuningOption(word, all[at + 1]));
}

/** One option in any of its spellings: `--workers 3`, `--workers=3`, `-w 3`, `-w3`. */
function tuningOption(word: string, next: string | undefined): string[] {
  if (tuningAlone.has(word)) return [word];
  if (tuning.has(word)) return next === undefined ? [] : withValue(word, next);

  const [, long, longValue] = /^(--[a-z_-]+)=(.*)$/.exec(word) ?? [];
  if (long !== undefined && longValue !== undefined && tuning.has(long)) return withValue(long, longValue);

  const [, short, shortValue] = /^(-[a-z])(.+)$/.exec(word) ?? [];
  return short !== undefined && shortValue !== undefined && tuning.has(short) ? [short, shortValue] : [];
}

/** An access log goes where `decant logs` finds it. */
function withValue(option: string, value: string): string[] {
  return [option, option === '--access-logfile' ? '-' : value];
}

/** The argument list of the web process: gunicorn from the release's environment, or the app's own server behind a relay; on its own socket. */
export function webArgv(deployment: Deployment): string[] {
  const release = deployment.layout.release(deployment.version);
  const { entry, listens } = deployment.profile;
  if (listens !== null) return relayArgv(deployment, listens);
  if (entry === null) throw new Error('a release without an entry has no web process');

  return [
    `${release.venv}/bin/python`,
    '-m',
    'gunicorn',
    '-c',
    release.gunicorn,
    ...tuningOptions(deployment.profile.processes.web),
    servedName(entry),
  ];
}

/** gunicorn's worker class for an app. */
export function workerClass({ profile, install }: Pick<Deployment, 'profile' | 'install'>): string {
  if (profile.worker_class !== 'asgi') return profile.worker_class;
  return hasOwnWorker(install) ? 'uvicorn.workers.UvicornWorker' : 'uvicorn_worker.UvicornWorker';
}
