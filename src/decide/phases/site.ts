import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';
import { installer } from './installer.ts';
import { usesUv } from './venv.ts';

/**
 * What comes from the repository itself goes to `releases/vN/site`, never into the shared environment: otherwise an
 * update of the code alone would go on serving the old code. It is built from a throw-away copy.
 */
export function siteSteps(deployment: Deployment): Step[] {
  const { projects } = deployment.install;
  if (projects.length === 0) return [];

  const release = deployment.layout.release(deployment.version);
  const copy = `${release.folder}/build`;

  return [
    {
      id: 'build.site-copy',
      title: 'Copy the code for the build',
      why: 'a build writes beside its sources',
      phase: 'build',
      action: { do: 'run', argv: ['cp', '-R', release.code, copy], cwd: release.folder, env: {}, deadline: 120 },
    },
    {
      id: 'build.site',
      title:
        `Install ${projects.map(project => (project.path === '.' ? 'the project' : project.path)).join(', ')} into site`.slice(
          0,
          59,
        ),
      why: 'the project belongs to the release, not to the shared environment',
      phase: 'build',
      action: {
        do: 'run',
        argv: [
          ...siteArgv(deployment),
          ...projects.map(project => (project.path === '.' ? copy : `${copy}/${project.path}`)),
        ],
        cwd: release.folder,
        ...installer(deployment),
        env: { ...installer(deployment).env, ...versionSettings(deployment) },
        log: `${release.logs}/build.log`,
        deadline: 900,
      },
    },
    {
      id: 'build.site-clean',
      title: 'Remove the copy',
      why: 'it was only for the build',
      phase: 'build',
      action: { do: 'remove', path: copy },
    },
  ];
}

function siteArgv({ layout, version, venv, python, host }: Deployment): string[] {
  const interpreter = `${layout.venv(venv.hash)}/bin/python`;
  const target = ['--no-deps', '--target', layout.release(version).site];

  return usesUv(python.version)
    ? [host.uv.path, 'pip', 'install', '--no-config', '--python', interpreter, ...target]
    : [interpreter, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', ...target];
}

/** The copy has no .git: tools that ask it for the version are told. */
function versionSettings({ source }: Deployment): Record<string, string> {
  const version = source.describe ?? '0.0.0';
  return { SETUPTOOLS_SCM_PRETEND_VERSION: version, PBR_VERSION: version };
}
