import { commandArgv } from '../base/words.ts';
import type { Deployment } from '../model/deployment.ts';
import type { ProcessSpec } from '../model/process-spec.ts';
import type { ProcessKind } from '../model/state.ts';
import { commandEnvironment, workingFolder } from './release-environment.ts';
import { webArgv } from './server-command.ts';

/** Seconds that requests in flight, or a job, may take after a release was asked to end. */
export const grace = 30;

/** Every long-lived process of a release, the web process first. */
export function processSpecs(deployment: Deployment): ProcessSpec[] {
  const { processes } = deployment.profile;

  return processNames(processes).map(name =>
    spec(deployment, name, name === 'web' ? webArgv(deployment) : commandArgv(processes[name] ?? '')),
  );
}

/** What runs of a release, the web process first; a `release:` line is no process. */
export function processNames(processes: Readonly<Record<string, string>>): string[] {
  return ['web', ...Object.keys(processes).filter(name => name !== 'web' && name !== 'release')];
}

function spec(deployment: Deployment, process: string, argv: readonly string[]): ProcessSpec {
  const release = deployment.layout.release(deployment.version);
  const kind = processKind(process, argv.join(' '));

  return {
    schema: 1,
    name: `${deployment.version}:${process}`,
    release: deployment.version,
    process,
    kind,
    argv,
    cwd: workingFolder(deployment),
    ...commandEnvironment(deployment),
    log: `${release.logs}/${process}.log`,
    socket: kind === 'web' ? release.socket : null,
    grace,
  };
}

/** A scheduler runs exactly once: its old one is stopped before the new one starts. */
export function processKind(process: string, command: string): ProcessKind {
  if (process === 'web') return 'web';
  const named = /^(?:beat|scheduler|clock|cron)$/.test(process);
  const scheduling = /\bcelery\b.*\bbeat\b|\brqscheduler\b|\bapscheduler\b/.test(command);

  return named || scheduling ? 'scheduler' : 'worker';
}
