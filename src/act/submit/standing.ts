import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Decision } from '../../decide/draft.ts';
import type { Standing } from '../../decide/standing-plan.ts';
import type { Holder } from '../../model/event.ts';
import type { Context } from '../context.ts';
import type { Gathered } from '../gather/gathered.ts';
import { settledApp } from '../gather/known-app.ts';
import { leftWords, overtaken } from './failed-run.ts';
import { othersEnd, perform } from './perform.ts';

/** The facts that `stop`, `start` and `destroy` are decided from. */
export function standingOf(context: Context, { record, layout, host, state, by }: Gathered): Standing {
  return {
    app: record.name,
    target: context.target,
    by,
    layout,
    host,
    address: { host: record.host, port: record.port },
    state,
    gateSeconds: context.timeoutSeconds ?? null,
  };
}

/** The app when nobody else changes it. `beside`: the kind of a run that need not end first. */
export async function freeApp(
  context: Context,
  { wait, beside }: { readonly wait: boolean; readonly beside?: Holder['kind'] },
): Promise<Gathered> {
  for (;;) {
    const gathered = await settledApp(context);
    const { holder } = gathered.state;
    if (holder === null || holder.kind === beside) return gathered;
    await othersEnd(context, gathered, { holder, wait });
  }
}

/** Runs such a plan; a failure is told in the runner's words. */
export async function performStanding(context: Context, gathered: Gathered, decision: Decision): Promise<void> {
  const { end } = await perform(context, gathered, { decision, bundle: {}, wait: false });
  if (end.outcome === 'done') return;
  if (end.outcome === 'stale') throw overtaken(end.live);
  if (end.failure?.reason === 'taken') throw portTaken(end.failure.message, decision.plan.app);

  throw new DecantError(end.outcome === 'cancelled' ? exitCodes.interrupted : exitCodes.failed, {
    code: `${decision.plan.kind}-failed`,
    what: `${decision.plan.kind} did not end well: ${end.failure?.message ?? end.outcome}.`,
    evidence: end.failure?.output?.slice(-12) ?? [],
    state: `${end.live === null ? 'Nothing is live.' : `${end.live} is the live release; decant status says whether it runs.`}${leftWords(end.left)}`,
    next: ['decant status', 'run the same command again'],
  });
}

/** Somebody else took the address while the app was stopped. */
function portTaken(message: string, app: string): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'port-taken',
    what: 'The port is already in use on this machine.',
    evidence: [message],
    state: 'The app stays stopped.',
    next: [`stop the program that holds it, then: decant start -a ${app}`, 'decant up --port PORT    # another one'],
  });
}
