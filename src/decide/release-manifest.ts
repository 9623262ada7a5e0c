import { valueHash } from '../base/hash.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Manifest } from '../model/release.ts';
import { environmentHash } from './environment.ts';

/** The plan's part of a manifest; `seal` adds times and hashes. */
export function releaseManifest(deployment: Deployment): Manifest {
  const { source, profile } = deployment;

  return {
    schema: 1,
    version: deployment.version,
    app: deployment.app,
    target: deployment.target,
    commit: source.commit,
    source: source.original,
    subject: source.subject,
    ref: source.ref,
    dirty: source.dirty,
    root: profile.root,
    python: deployment.python.version,
    venv: deployment.venv.hash,
    remedies: deployment.venv.remedies,
    manifests: deployment.venv.manifests,
    env_hash: environmentHash(deployment.environment),
    settings_hash: settingsHash(deployment),
    entry: profile.entry,
    migration:
      profile.migrations === null || deployment.migrationHash === null
        ? null
        : { tool: profile.migrations.tool, hash: deployment.migrationHash },
    assumed: deployment.assumed,
    static: profile.static.map(({ url, path }) => ({
      url,
      path: profile.root === '.' ? `code/${path}` : `code/${profile.root}/${path}`,
    })),
    environment: Object.keys(deployment.environment).sort(),
    processes: profile.processes,
    ...(profile.listens === null ? {} : { listens: profile.listens }),
    health: profile.health,
    routes: profile.routes,
  };
}

/** What a person can decide about a release without a change of its code. */
export function settingsHash({ tuning, gunicornConf, profile }: Deployment): string {
  const { worker_class, needs, static: served, build, state, routes, listens } = profile;
  return valueHash({
    tuning,
    gunicornConf,
    worker_class,
    needs,
    served,
    build,
    state: state.map(({ path, kind }) => ({ path, kind })),
    routes,
    ...(listens === null ? {} : { listens }),
  });
}
