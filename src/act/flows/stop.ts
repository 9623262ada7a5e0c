import { stopPlan } from '../../decide/standing-plan.ts';
import type { StopAnswer } from '../../model/answers.ts';
import type { WaitRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { settledApp } from '../gather/known-app.ts';
import { suspendAutostart } from '../host/autostart.ts';
import { freeApp, performStanding, standingOf } from '../submit/standing.ts';

const untilStart = 'It stays stopped after a reboot too, until decant start or up.';

/** Ends every process of the app, its unit first, which would undo that; `start` brings the same release back. */
export async function stop(context: Context, { wait }: WaitRequest): Promise<StopAnswer> {
  // A start may be the unit's own, and ends with it; anybody else's work comes first.
  const found = await freeApp(context, { wait, beside: 'start' });

  // The unit's own ExecStop is no wish: it comes at each shutdown.
  const suspended =
    context.environment.SERVICE_RESULT === undefined && (await suspendAutostart(context, found.record.name));
  if (suspended) context.report({ type: 'note', level: 'info', text: untilStart });

  const gathered = suspended ? await settledApp(context) : found;
  const runs = gathered.state.keep !== null;
  if (runs) await performStanding(context, gathered, stopPlan(standingOf(context, gathered)));

  return {
    ok: true,
    app: gathered.record.name,
    target: context.target,
    changed: runs || suspended,
    seconds: context.now() - context.began,
  };
}
