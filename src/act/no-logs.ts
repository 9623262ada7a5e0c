import { DecantError, exitCodes } from '../base/errors.ts';

/** Nothing was ever written there. `processes`: names that have logs. */
export function noLogs(app: string, release: string | undefined, processes: readonly string[] = []): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'no-logs',
    what: release === undefined ? `${app} has never been started.` : `There are no logs of ${release}.`,
    evidence: processes.map(process => `--process ${process}`),
    state: 'Nothing was changed.',
    next: release === undefined ? ['decant up'] : ['decant releases'],
  });
}
