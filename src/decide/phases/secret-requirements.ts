import { hasCredentials } from '../../base/credentials.ts';
import type { Deployment } from '../../model/deployment.ts';
import { type Draft, fileWrite, steps } from '../draft.ts';

/** The options and packages as words for the installer; those with a password stand in a file, since a plan holds none. */
export function requirementArgv(deployment: Deployment): string[] {
  const { options, packages } = deployment.install;

  return [
    ...(secretLines(deployment).length === 0 ? [] : ['-r', secretFile(deployment)]),
    ...options
      .filter(option => !hasCredentials(option))
      .flatMap(option => option.split(/[=\s]+(.*)/s).filter(word => word !== '')),
    ...packages.filter(each => !hasCredentials(each)),
  ];
}

/** That file, which only its owner reads. */
export function secretRequirements(deployment: Deployment): Draft {
  const lines = secretLines(deployment);
  if (lines.length === 0) return steps();

  return fileWrite(
    {
      id: 'build.secret-requirements',
      title: 'Write the addresses that hold a password',
      why: 'the installer needs them, and its command line is for all to see',
      phase: 'build',
    },
    { path: secretFile(deployment), text: lines.map(line => `${line}\n`).join(''), mode: '0600' },
  );
}

/** It is not the release's: nothing of it stays. */
export function secretRequirementsCleanup(deployment: Deployment): Draft {
  if (secretLines(deployment).length === 0) return steps();

  return steps({
    id: 'build.secret-requirements-clean',
    title: 'Remove these addresses',
    why: 'they were only for the build',
    phase: 'build',
    action: { do: 'remove', path: secretFile(deployment) },
  });
}

/** One line each, whatever white space the author wrote. */
function secretLines({ install }: Deployment): readonly string[] {
  return [...install.options, ...install.packages].filter(hasCredentials).map(line => line.replace(/\s+/g, ' ').trim());
}

function secretFile({ layout, version }: Deployment): string {
  return `${layout.release(version).folder}/secret-requirements.txt`;
}
