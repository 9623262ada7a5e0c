import { DecantError, exitCodes } from '../../base/errors.ts';
import { startPlan } from '../../decide/standing-plan.ts';
import type { StartAnswer } from '../../model/answers.ts';
import type { StartRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { isServing } from '../gather/deployment.ts';
import type { Gathered } from '../gather/gathered.ts';
import { keptRelease, settledApp } from '../gather/known-app.ts';
import { resumeAutostart } from '../host/autostart.ts';
import { hasKeeper, keeperEnd } from '../host/keeper-end.ts';
import { freeApp, performStanding, standingOf } from '../submit/standing.ts';
import { addressUrl } from '../submit/up-answer.ts';

/** Brings the live release back after a stop or a reboot. */
export async function start(context: Context, request: StartRequest): Promise<StartAnswer> {
  const gathered = await (request.wait ? freeApp(context, request) : settledApp(context));
  const live = keptRelease(gathered, undefined);
  const changed = !isServing(gathered);
  const bring = async () => {
    if (changed) await performStanding(context, gathered, startPlan(standingOf(context, gathered), live));
  };
  if (request.foreground) await stayWith(context, gathered, bring);
  else {
    await bring();
    await resumeAutostart(context, gathered.record.name);
  }

  return {
    ok: true,
    app: gathered.record.name,
    target: context.target,
    changed,
    release: live.version,
    url: addressUrl(gathered.record),
    seconds: context.now() - context.began,
  };
}

/** Stays as long as the keeper does, so that systemd sees the app as one service. */
async function stayWith(context: Context, { layout }: Gathered, bring: () => Promise<void>): Promise<void> {
  try {
    await bring();
  } catch (error) {
    // The unit was stopped before the app was up.
    if (context.signal.aborted && !(await hasKeeper(layout.run))) return;
    throw error;
  }
  const end = await keeperEnd(layout.run, context.signal);
  if (end !== 'stopped') throw left(end);
}

/** No clean end while the app serves: systemd would take it as the app's and run ExecStop. */
function left(end: 'gone' | 'left'): DecantError {
  return new DecantError(end === 'left' ? exitCodes.interrupted : exitCodes.failed, {
    code: end === 'left' ? 'left' : 'keeper-gone',
    what: end === 'left' ? 'You left; the app goes on serving.' : 'The keeper and the front were both ended.',
    evidence: [],
    state: end === 'left' ? 'The live release serves.' : 'Nothing serves.',
    next: end === 'left' ? ['decant status'] : ['decant start'],
  });
}
