import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';

/** The requirement files that run code to tell what they need; the installer builds their metadata. */
export function runsCode(requirement: string): boolean {
  return /(^|\/)setup\.py$/.test(requirement);
}

/** Where such a file is asked: a build writes beside its sources. */
export function setupFolder({ layout, version }: Deployment): string {
  return `${layout.release(version).folder}/setup`;
}

/** Wraps steps that ask setup.py into the making and the removal of a copy. */
export function besideCopy(deployment: Deployment, steps: readonly Step[]): Step[] {
  if (!deployment.install.requirements.some(runsCode)) return [...steps];

  const release = deployment.layout.release(deployment.version);
  const copy = setupFolder(deployment);
  return [
    {
      id: 'build.setup-copy',
      title: 'Copy the code for setup.py',
      why: 'it is asked what it needs, and a build writes beside its sources',
      phase: 'build',
      action: { do: 'run', argv: ['cp', '-R', release.code, copy], cwd: release.folder, env: {}, deadline: 120 },
    },
    ...steps,
    {
      id: 'build.setup-clean',
      title: 'Remove the copy',
      why: 'it was only for setup.py',
      phase: 'build',
      action: { do: 'remove', path: copy },
    },
  ];
}
