import { join } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import type { AutostartAnswer } from '../../model/answers.ts';
import type { AutostartRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { isServing } from '../gather/deployment.ts';
import { knownApp } from '../gather/known-app.ts';
import { autostartUnit, disableAutostart, enableAutostart, isAutostarted } from '../host/autostart.ts';
import { hasSystemd } from '../host/user-systemd.ts';

/** Whether the app comes back by itself after a reboot. */
export async function autostart(context: Context, request: AutostartRequest): Promise<AutostartAnswer> {
  const gathered = await knownApp(context);
  const app = gathered.record.name;
  const about = { ok: true as const, app, target: context.target, enabled: request.enable };
  const before = isAutostarted(context, app);
  if (!request.enable) {
    const removed = await disableAutostart(context, app);
    return { ...about, changed: removed !== null, unit: null, linger: false, warnings: [] };
  }

  const program = join(context.assets, '../bin/decant.js');
  if (!hasSystemd()) throw noSystemd(context, app, program);
  const { linger, warnings } = await enableAutostart(context, app, { program, serves: isServing(gathered) });
  return { ...about, changed: !before, unit: autostartUnit(context, app), linger, warnings };
}

function noSystemd({ home, node }: Context, app: string, program: string): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'no-systemd',
    what: `Nothing here can bring ${app} back: autostart needs systemd, which does not run this machine.`,
    evidence: ['/run/systemd/system: no such folder'],
    state: 'Nothing was changed; the app runs as before.',
    next: [`crontab -e, and the line  @reboot DECANT_HOME='${home}' '${node}' '${program}' start --app ${app}`],
  });
}
