import type { Deployment } from '../model/deployment.ts';
import { gunicornLine } from '../read/gunicorn-line.ts';
import { servedName } from './held-entry.ts';
import { relayArgv } from './relay-command.ts';
import { hasOwnWorker } from './venv-recipe.ts';

/**
 * The options of a person's own gunicorn line that tune it. What decant.yaml says about processes and threads is stronger,
 * and an app that must be one process stays one.
 */
export function tuningOptions({ profile, tuning }: Pick<Deployment, 'profile' | 'tuning'>): string[] {
  const left = new Set([
    ...(profile.needs.singleProcess || tuning.workers !== undefined ? ['-w', '--workers'] : []),
    ...(tuning.threads === undefined ? [] : ['--threads']),
  ]);
  const options = gunicornLine(profile.processes.web).tuning;

  return options.filter(({ name }) => !left.has(name)).flatMap(({ words }) => [...words]);
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
    ...tuningOptions(deployment),
    servedName(entry),
  ];
}

/** gunicorn's worker class for an app. */
export function workerClass({ profile, install }: Pick<Deployment, 'profile' | 'install'>): string {
  if (profile.worker_class === 'gevent-websocket') return 'geventwebsocket.gunicorn.workers.GeventWebSocketWorker';
  if (profile.worker_class !== 'asgi') return profile.worker_class;
  return hasOwnWorker(install) ? 'uvicorn.workers.UvicornWorker' : 'uvicorn_worker.UvicornWorker';
}
