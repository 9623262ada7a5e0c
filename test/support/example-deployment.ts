import { layout } from '../../src/base/layout.ts';
import { environmentValues, missingSigningKeys } from '../../src/decide/environment.ts';
import { migrationHash } from '../../src/decide/migration-hash.ts';
import { allowedInterpreters } from '../../src/decide/next-attempt.ts';
import { noRemedies } from '../../src/decide/remedies.ts';
import { venvRecipe } from '../../src/decide/venv-recipe.ts';
import type { Deployment, Interpreter } from '../../src/model/deployment.ts';
import type { Install } from '../../src/model/install.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { RepoFiles } from '../../src/model/repo-files.ts';
import type { AppState } from '../../src/model/state.ts';

/** The machine that goldens are decided on: nobody's. */
export interface GoldenFacts {
  readonly interpreters: readonly Interpreter[];
  readonly state: AppState;
}

/** A deployment of an example on the golden machine: the same bytes wherever the test runs. */
export function exampleDeployment(
  app: string,
  read: { profile: Profile; install: Install; files: RepoFiles },
  facts: GoldenFacts,
): Deployment {
  const { profile, install, files } = read;
  const [python] = allowedInterpreters(profile, facts.interpreters);
  if (python === undefined) throw new Error(`no golden interpreter fits ${app}`);

  const generated = missingSigningKeys(profile.environment, new Set()).map(name => ({
    name,
    value: `generated-${name}`,
    origin: 'generated' as const,
  }));
  const values = environmentValues(generated);
  const environment = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const commit = '0123456789abcdef0123456789abcdef01234567';

  return {
    kind: 'deploy',
    app,
    target: 'local',
    by: 'somebody@local',
    layout: layout(`/state/apps/${app}`, '/tmp/decant-1000/abc'),
    host: {
      home: '/state',
      node: '/usr/bin/node',
      npm: '/usr/bin/npm',
      front: `/state/apps/${app}/front/f.mjs`,
      runner: `/state/apps/${app}/runner/r.pyz`,
      python: python.path,
      uv: { path: '/usr/bin/uv', version: '0.13.8', installed: true, installer: null },
    },
    address: { host: '127.0.0.1', port: 8000 },
    state: facts.state,
    version: `v${facts.state.next}`,
    source: {
      commit,
      original: commit,
      subject: 'First commit',
      ref: 'main',
      dirty: false,
      bundle: `${commit}.bundle`,
      describe: null,
    },
    profile,
    install,
    python,
    venv: venvRecipe({ install, profile, files, python, settings: {}, remedies: noRemedies }),
    environment,
    generated: generated.map(value => value.name),
    config: '{}\n',
    gunicornConf: files.paths.includes('gunicorn.conf.py') ? 'gunicorn.conf.py' : null,
    tuning: {},
    migrationHash: migrationHash(profile, files, { commit, environment }),
    assumed: [],
    watchSeconds: null,
    gateSeconds: null,
  };
}
