import { runnerArgv } from '../base/runner-argv.ts';
import { commandArgv } from '../base/words.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Listening } from '../model/profile.ts';
import type { Manifest } from '../model/release.ts';

/** The argument list of a web process that is the app's own server, behind a relay that serves the release's socket for it. */
export function relayArgv({ layout, version, host, profile }: Deployment, listens: Listening): string[] {
  const port = fixedPort(listens);
  const options = {
    socket: layout.release(version).socket,
    port: port ?? 0,
    variable: 'variable' in listens ? listens.variable : 'PORT',
    ...(port === null ? besideOthers : alone),
  };

  return runnerArgv({ python: host.python, file: host.runner }, [
    'relay',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    '--',
    ...commandArgv(profile.processes.web ?? ''),
  ]);
}

/**
 * Seconds after TERM that requests in flight may take, and then the program itself; together less than the `grace` of a
 * process. While a release ends whose port the next one needs, visitors wait.
 */
const besideOthers = { drain: 20, end: 5 };
const alone = { drain: 1, end: 4 };

/** The port that an app insists on; null where it is told one, or is served by gunicorn. */
export function fixedPort(listens: Listening | null | undefined): number | null {
  return listens != null && 'port' in listens ? listens.port : null;
}

/** Whether two releases can't run side by side, because both need the same port. */
export function areRivals(one: Listening | null | undefined, other: Pick<Manifest, 'listens'> | undefined): boolean {
  return fixedPort(one) !== null && fixedPort(one) === fixedPort(other?.listens);
}
