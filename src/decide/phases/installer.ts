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
  const env = { UV_CACHE_DIR: `${host.home}/cache/uv`, UV_NO_PROGRESS: '1', UV_PYTHON_DOWNLOADS: 'never' };

  return { env, ...(hasSettings(venv) ? { envFile: settingsFile(deployment) } : {}), installer: true };
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
