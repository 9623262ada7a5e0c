import type { Deployment } from '../model/deployment.ts';

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The folder that the app's commands run in. */
export function workingFolder(deployment: Deployment): string {
  const { code } = deployment.layout.release(deployment.version);
  const { root } = deployment.profile;

  return root === '.' ? code : `${code}/${root}`;
}

/**
 * What every process of a release gets beside its env file: where its code and programs are. Holds no secret.
 * PYTHONPATH puts editable projects' sources before `site`, and `site` before the shared virtual environment.
 */
export function releaseEnvironment(deployment: Deployment): Record<string, string> {
  const release = deployment.layout.release(deployment.version);

  return {
    PATH: `${release.site}/bin:${release.venv}/bin:${systemPath}`,
    PYTHONPATH: pythonPath(deployment).join(':'),
    PYTHONUNBUFFERED: '1',
    VIRTUAL_ENV: release.venv,
    FLASK_SKIP_DOTENV: '1',
    FLASK_DEBUG: '0',
    // It would beat the release's own gunicorn.conf.py.
    GUNICORN_CMD_ARGS: '',
    ...(deployment.profile.framework === 'flask' && deployment.profile.entry !== null
      ? { FLASK_APP: deployment.profile.entry, ...flaskEnv(deployment) }
      : {}),
  };
}

/** What Flask up to 2.2 took where nothing was set: apps that read the variable themselves count on it. */
function flaskEnv({ environment }: Deployment): Record<string, string> {
  return environment.FLASK_ENV === undefined ? { FLASK_ENV: 'production' } : {};
}

function pythonPath(deployment: Deployment): string[] {
  const release = deployment.layout.release(deployment.version);
  const editable = deployment.install.projects
    .filter(project => project.editable)
    .map(project => project.source ?? project.path)
    .map(path => (path === '.' ? release.code : `${release.code}/${path}`));
  const installed = deployment.install.projects.some(
    project => !project.editable && project.path === deployment.profile.root,
  );

  // Where the project itself is installed, its working copy must not shadow the built one.
  return [...editable, release.site, ...(installed ? [] : [workingFolder(deployment)])];
}

/** The environment of a command of the release: the fixed part and the env file. */
export function commandEnvironment(deployment: Deployment): { env: Record<string, string>; envFile: string } {
  return { env: releaseEnvironment(deployment), envFile: deployment.layout.release(deployment.version).env };
}
