import { valueHash } from '../base/hash.ts';
import type { Interpreter, Remedies, VenvRecipe } from '../model/deployment.ts';
import type { Install } from '../model/install.ts';
import type { Profile } from '../model/profile.ts';
import type { RepoFiles } from '../model/repo-files.ts';
import { isPinnedBelow } from '../read/install/pin.ts';

interface Ingredients {
  readonly install: Install;
  readonly profile: Profile;
  readonly files: RepoFiles;
  readonly python: Interpreter;
  readonly settings: Readonly<Record<string, string>>;
  readonly remedies: Remedies;
}

/** The virtual environment that a profile needs on an interpreter, and the hash that names it. */
export function venvRecipe({ install, profile, files, python, settings, remedies }: Ingredients): VenvRecipe {
  const additions = serverAdditions(install, profile);
  const raised = profile.listens === null ? raisedServers(install, profile).map(({ requirement }) => requirement) : [];
  const texts = install.files.map(path => [path, files.text(path) ?? '']);
  const { requirements, constraints, packages, options } = install;
  const hash = valueHash({
    texts,
    requirements,
    constraints,
    packages,
    options,
    additions,
    raised,
    settings,
    ...(isEmpty(remedies) ? {} : { remedies }),
    python: python.version,
    platform: python.platform,
  }).slice(0, 20);

  return { hash, manifests: manifestsHash(install, files), additions, raised, settings, remedies };
}

/** Of all that says what to install. */
export function manifestsHash({ files: paths }: Install, files: RepoFiles): string {
  return valueHash(paths.map(path => [path, files.text(path) ?? ''])).slice(0, 20);
}

function isEmpty({ additions, build, newest }: Remedies): boolean {
  return additions.length === 0 && build.length === 0 && newest === null;
}

/** What the server needs and the app does not declare; an app that serves itself needs none. */
function serverAdditions(install: Install, profile: Profile): string[] {
  if (profile.listens !== null) return [];
  const { declared } = install;
  const limit = gunicornLimit(install, profile);
  const own = hasOwnWorker(install) ? 'uvicorn-worker' : null;
  const wanted = ['gunicorn', ...workerPackages[profile.worker_class].filter(name => name !== own)];
  const missing = wanted.filter(name => declared[name] === undefined);
  const isOpen = limit !== null && !/^={2,3}/.test(declared.gunicorn ?? '');

  return isOpen ? [`gunicorn${limit}`, ...missing.filter(name => name !== 'gunicorn')] : missing;
}

/** By kind of worker. gunicorn's asynchronous workers compare versions with `packaging`, which it does not bring itself. */
const workerPackages: Readonly<Record<Profile['worker_class'], readonly string[]>> = {
  sync: [],
  gthread: [],
  gevent: ['gevent', 'packaging'],
  'gevent-websocket': ['gevent', 'gevent-websocket', 'packaging'],
  eventlet: ['eventlet', 'packaging'],
  asgi: ['uvicorn', 'uvicorn-worker'],
};

/** gunicorn 24 wants gevent 24.10 and eventlet 0.40.3 or later, and gunicorn 26 has no eventlet worker any more. */
function gunicornLimit({ declared }: Pick<Install, 'declared'>, { worker_class }: ServerNeeds): string | null {
  if (worker_class === 'eventlet') return isPinnedBelow(declared.eventlet, 0, 41) ? '<24' : '<26';
  return /^gevent/.test(worker_class) && isPinnedBelow(declared.gevent, 24, 10) ? '<24' : null;
}

type ServerNeeds = Pick<Profile, 'worker_class'>;

/** uvicorn-worker asks for uvicorn 0.15; an older one, pinned, brings the worker itself, and would get an empty package. */
export function hasOwnWorker({ declared }: Pick<Install, 'declared'>): boolean {
  return isPinnedBelow(declared.uvicorn, 0, 15);
}

/** A server that replaces the pinned one, and why. */
export interface Raised {
  readonly requirement: string;
  readonly why: string;
}

/**
 * gunicorn up to 20.1 needs pkg_resources and fails in a fresh environment (strangers.md §3); uvicorn up to 0.11 can't
 * answer on a unix socket, or beside the uvloop that it gets today, and up to 0.14 brings its worker for gunicorn itself.
 */
export function raisedServers(install: Pick<Install, 'declared'>, needs: ServerNeeds): Raised[] {
  const { gunicorn, uvicorn } = install.declared;
  return [
    ...(isPinnedBelow(gunicorn, 20, 2)
      ? [
          {
            requirement: `gunicorn>20.1${(gunicornLimit(install, needs) ?? '').replace('<', ',<')}`,
            why: 'the pinned one needs pkg_resources, which nobody installs',
          },
        ]
      : []),
    ...(needs.worker_class === 'asgi' && isPinnedBelow(uvicorn, 0, 12)
      ? [{ requirement: 'uvicorn>=0.12,<0.15', why: 'the pinned one does not answer on a unix socket' }]
      : []),
  ];
}
