import type { Deployment } from '../../model/deployment.ts';
import { systemdEnvFile } from '../../read/env-file.ts';
import { type Draft, fileWrite, steps } from '../draft.ts';

/** What every step that installs packages has: decant's own cache, and the person's index and certificate settings. */
export interface Installer {
  readonly env: Record<string, string>;
  readonly envFile?: string;
  readonly installer: true;
}

export function installer(deployment: Deployment): Installer {
  const { host, venv } = deployment;
  const env = {
    UV_CACHE_DIR: `${host.home}/cache/uv`,
    UV_NO_PROGRESS: '1',
    UV_PYTHON_DOWNLOADS: 'never',
    // pip reads it for builds too, and uv knows the difference.
    ...(venv.remedies.build.length === 0
      ? {}
      : { UV_BUILD_CONSTRAINT: constraintsFile(deployment), PIP_CONSTRAINT: constraintsFile(deployment) }),
  };

  return { env, ...(hasSettings(venv) ? { envFile: settingsFile(deployment) } : {}), installer: true };
}

/** What packages are built with, where old ones need old tools. */
export function buildConstraints(deployment: Deployment): Draft {
  const { build } = deployment.venv.remedies;
  if (build.length === 0) return steps();

  return fileWrite(
    {
      id: 'build.constraints',
      title: `Build with ${build.join(', ')}`.slice(0, 59),
      why: 'a package needs the tools of its time',
      phase: 'build',
    },
    { path: constraintsFile(deployment), text: build.map(line => `${line}\n`).join(''), mode: '0644' },
  );
}

function constraintsFile({ layout, version }: Deployment): string {
  return `${layout.release(version).folder}/build-constraints.txt`;
}

/** The settings as a file that only its owner reads: the address of an index may hold a password. */
export function installerSettings(deployment: Deployment): Draft {
  const { venv } = deployment;
  if (!hasSettings(venv)) return steps();

  return fileWrite(
    {
      id: 'build.index',
      title: 'Write the settings of the package index',
      why: 'the installer needs them',
      phase: 'build',
    },
    { path: settingsFile(deployment), text: systemdEnvFile(venv.settings), mode: '0600' },
  );
}

/** They are not the release's: nothing of them stays. */
export function installerCleanup(deployment: Deployment): Draft {
  if (!hasSettings(deployment.venv)) return steps();

  return steps({
    id: 'build.index-clean',
    title: 'Remove these settings',
    why: 'they were only for the build',
    phase: 'build',
    action: { do: 'remove', path: settingsFile(deployment) },
  });
}

function hasSettings({ settings }: Deployment['venv']): boolean {
  return Object.keys(settings).length > 0;
}

function settingsFile({ layout, version }: Deployment): string {
  return `${layout.release(version).folder}/index.env`;
}
