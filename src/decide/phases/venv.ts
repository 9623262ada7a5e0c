import type { Deployment } from '../../model/deployment.ts';
import type { Action, Step } from '../../model/plan.ts';
import { type Draft, fileWrite, joined, steps } from '../draft.ts';
import { installer } from './installer.ts';
import { requirementArgv, secretRequirements, secretRequirementsCleanup } from './secret-requirements.ts';
import { besideCopy, runsCode, setupFolder } from './setup-copy.ts';
import { uvDraft } from './uv.ts';

/** The shared virtual environment, unless a complete one with the same hash is there; then the release's link to it. */
export function venvSteps(deployment: Deployment): Draft {
  const { layout, venv, version, state } = deployment;
  const release = layout.release(version);
  const link: Step = {
    id: 'build.venv',
    title: `Use the environment ${venv.hash.slice(0, 10)}`,
    why: state.venvs.includes(venv.hash) ? 'dependencies have not changed' : 'it is complete',
    phase: 'build',
    action: { do: 'link', path: release.venv, to: `../../venvs/${venv.hash}` },
  };

  const isBuilt = state.venvs.includes(venv.hash);
  const needsUv = usesUv(deployment.python.version) && (!isBuilt || deployment.install.projects.length > 0);

  return joined(needsUv ? uvDraft(deployment) : steps(), isBuilt ? steps() : builtVenv(deployment), steps(link));
}

function builtVenv(deployment: Deployment): Draft {
  const folder = deployment.layout.venv(deployment.venv.hash);

  return joined(
    steps(
      {
        id: 'build.venv-clean',
        title: 'Remove an unfinished environment',
        why: 'only one with .complete is usable',
        phase: 'build',
        action: { do: 'remove', path: folder, unless: '.complete' },
      },
      {
        ...command(
          deployment,
          'build.venv-make',
          `Make a virtual environment of Python ${deployment.python.version}`,
          createArgv(deployment),
        ),
        undo: [{ do: 'remove', path: folder, unless: '.complete' }],
      },
    ),
    secretRequirements(deployment),
    steps(...installSteps(deployment)),
    secretRequirementsCleanup(deployment),
    fileWrite(
      { id: 'build.venv-complete', title: 'Mark the environment as complete', why: 'written last', phase: 'build' },
      { path: `${folder}/.complete`, text: `${deployment.python.version}\n`, mode: '0644' },
    ),
  );
}

function installSteps(deployment: Deployment): Step[] {
  const { install, venv } = deployment;
  const code = deployment.layout.release(deployment.version).code;
  // With hashes every requirement of one call needs one, so what decant adds comes after.
  const additions = [...venv.additions, ...venv.remedies.additions];
  const apart = install.hashes ? additions : [];
  const added = install.hashes ? [] : additions;
  const wanted = [
    ...install.requirements.flatMap(file => requirementWords(deployment, file)),
    ...install.constraints.flatMap(file => ['-c', `${code}/${file}`]),
    ...requirementArgv(deployment),
    ...added,
  ];
  const title = `Install ${[...install.requirements, ...(install.packages.length > 0 ? [`${install.packages.length} packages`] : []), ...added].join(', ')}`;
  const server = [...apart, ...venv.raised];

  return besideCopy(deployment, [
    ...ownBuildTools(deployment),
    ...(wanted.length > 0
      ? [command(deployment, 'build.install', short(title), [...installArgv(deployment), ...wanted])]
      : []),
    ...(server.length > 0
      ? [
          command(
            deployment,
            'build.install-server',
            short(`${apart.length > 0 ? 'Add' : 'Raise'} the server: ${server.join(', ')}`),
            [...installArgv(deployment, ['importlib-metadata', 'typing-extensions', 'zipp']), ...server],
          ),
        ]
      : []),
  ]);
}

/** The pip of an old Python builds what has no pyproject.toml with the environment's own tools, which no constraint reaches. */
function ownBuildTools(deployment: Deployment): Step[] {
  const { build } = deployment.venv.remedies;
  if (build.length === 0 || usesUv(deployment.python.version)) return [];

  const title = short(`Install ${build.join(', ')} for the build`);
  return [command(deployment, 'build.install-tools', title, [...installArgv(deployment), ...build])];
}

/** uv asks a setup.py for its requirements; pip can only install the project, which the release's own code then precedes. */
function requirementWords(deployment: Deployment, file: string): string[] {
  if (!runsCode(file)) return ['-r', `${deployment.layout.release(deployment.version).code}/${file}`];
  const path = `${setupFolder(deployment)}/${file}`;
  return usesUv(deployment.python.version) ? ['-r', path] : [path.replace(/\/setup\.py$/, '')];
}

function short(title: string): string {
  return title.length < 60 ? title : `${title.slice(0, 58)}…`;
}

/** uv from Python 3.7 on; older ones have pip only (decisions/0004). */
export function usesUv(version: string): boolean {
  const [major = 3, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 7);
}

function createArgv({ layout, venv, python, host }: Deployment): string[] {
  const folder = layout.venv(venv.hash);

  return usesUv(python.version)
    ? [host.uv.path, 'venv', '--quiet', '--no-project', '--no-config', '--python', python.path, folder]
    : [python.path, '-m', 'venv', folder];
}

/** The words that install into the environment; requirements follow. `own`: packages that may be newer than the app's day. */
function installArgv({ layout, venv, python, host }: Deployment, own: readonly string[] = []): string[] {
  const interpreter = `${layout.venv(venv.hash)}/bin/python`;

  return usesUv(python.version)
    ? [
        ...[host.uv.path, 'pip', 'install', '--no-config', '--compile-bytecode', '--python', interpreter],
        ...asOf(venv.remedies.newest, own),
      ]
    : [interpreter, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
}

/** No package that came after a day; what builds and serves them is not the app's, and may be newer. */
function asOf(day: string | null, own: readonly string[]): string[] {
  if (day === null) return [];
  const servers = ['setuptools', 'wheel', 'gunicorn', 'gevent', 'eventlet', 'uvicorn', 'uvicorn-worker', 'packaging'];
  return [
    '--exclude-newer',
    day,
    ...[...servers, ...own].flatMap(name => ['--exclude-newer-package', `${name}=${always}`]),
  ];
}

const always = '2999-01-01';

function command(deployment: Deployment, id: string, title: string, argv: string[]): Step {
  const release = deployment.layout.release(deployment.version);
  const action: Action = {
    do: 'run',
    argv,
    cwd: deployment.profile.root === '.' ? release.code : `${release.code}/${deployment.profile.root}`,
    ...installer(deployment),
    log: `${release.logs}/build.log`,
    deadline: 1800,
  };

  return { id, title, why: 'no complete environment has this hash', phase: 'build', action };
}
