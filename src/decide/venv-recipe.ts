import { valueHash } from '../base/hash.ts';
import type { Interpreter, Remedies, VenvRecipe } from '../model/deployment.ts';
import type { Install } from '../model/install.ts';
import type { Profile } from '../model/profile.ts';
import type { RepoFiles } from '../model/repo-files.ts';

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
  const raised = profile.listens === null ? raisedServer(install) : [];
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
  const wanted = [
    'gunicorn',
    ...(profile.worker_class === 'asgi' ? ['uvicorn', ...(hasOwnWorker(install) ? [] : ['uvicorn-worker'])] : []),
    ...(profile.worker_class === 'gevent' || profile.needs.gevent ? ['gevent'] : []),
  ];

  return wanted.filter(name => install.declared[name] === undefined);
}

/** uvicorn-worker asks for uvicorn 0.15; an older one, pinned, brings the worker itself, and would get an empty package. */
export function hasOwnWorker({ declared }: Pick<Install, 'declared'>): boolean {
  const [, major, minor] = /^==\s*(\d+)\.(\d+)/.exec(declared.uvicorn ?? '') ?? [];
  return major === '0' && Number(minor) < 15;
}

/** gunicorn up to 20.1 needs pkg_resources and fails in a fresh environment: a newer one replaces it (strangers.md §3). */
function raisedServer(install: Install): string[] {
  const pin = /^==\s*(\d+)\.(\d+)/.exec(install.declared.gunicorn ?? '');
  const [major = 99, minor = 0] = [pin?.[1], pin?.[2]].map(part => (part === undefined ? undefined : Number(part)));
  const old = major < 20 || (major === 20 && minor <= 1);

  return old ? ['gunicorn>20.1'] : [];
}
