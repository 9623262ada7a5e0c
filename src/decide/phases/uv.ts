import { uvRequirements, uvVersion } from '../../base/uv-pin.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Action, Step } from '../../model/plan.ts';
import { type Draft, fileWrite, joined, steps } from '../draft.ts';

/** Once for all apps of this machine: uv as a Python package, exactly the version and hashes that decant knows. */
export function uvDraft(deployment: Deployment): Draft {
  const { installed, installer } = deployment.host.uv;
  if (installed || installer === null) return steps();

  const requirements = `${deployment.layout.root}/uv-requirements-${deployment.version}.txt`;
  const scaffold = installer.venv ? `${deployment.layout.root}/uv-scaffold-${deployment.version}` : null;
  const python = scaffold === null ? installer.python : `${scaffold}/bin/python`;
  const pin = { path: requirements, text: uvRequirements(), mode: '0644' } as const;

  return joined(
    fileWrite(
      {
        ...step('pin', 'Write the pin of uv', 'version and hashes are fixed'),
        undo: [{ do: 'remove', path: requirements }],
      },
      pin,
    ),
    scaffold === null ? steps() : steps(scaffoldStep(deployment, installer.python, scaffold)),
    steps(
      {
        ...step(
          'install',
          `Install uv ${uvVersion} into decant's tools`,
          'this machine has no uv, and pip is ten times slower',
        ),
        action: command(deployment, installArgv(deployment, python, requirements)),
      },
      { ...step('pinned', 'Remove the pin', 'uv is there'), action: { do: 'remove', path: requirements } },
    ),
    scaffold === null
      ? steps()
      : steps({
          ...step('scaffolded', 'Remove that environment', 'it was only for pip'),
          action: { do: 'remove', path: scaffold },
        }),
  );
}

function step(id: string, title: string, why: string): Omit<Step, 'action'> {
  return { id: `build.uv-${id}`, title, why, phase: 'build' };
}

function scaffoldStep(deployment: Deployment, python: string, scaffold: string): Step {
  return {
    ...step('scaffold', 'Make an environment with pip', 'this Python has none itself'),
    action: command(deployment, [python, '-m', 'venv', scaffold]),
    undo: [{ do: 'remove', path: scaffold }],
  };
}

function installArgv({ host }: Deployment, python: string, requirements: string): string[] {
  const pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'];
  return [...pip, '--require-hashes', '--target', `${host.home}/tools/uv-${uvVersion}`, '-r', requirements];
}

/** pip reads its own settings by itself. */
function command({ layout, version }: Deployment, argv: string[]): Action {
  const log = `${layout.release(version).logs}/build.log`;
  return { do: 'run', argv, cwd: layout.root, env: {}, installer: true, log, deadline: 300 };
}
