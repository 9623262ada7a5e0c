import { type Attempt, nextAttempt } from '../../decide/next-attempt.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { UpRequest } from '../../model/requests.ts';
import type { AppState } from '../../model/state.ts';
import type { Context } from '../context.ts';
import { saveRecord } from '../gather/app-store.ts';
import { isServing, isUnchanged } from '../gather/deployment.ts';
import { gather } from '../gather/gathered.ts';
import { nextDeployment, subjectOf } from '../gather/next-deployment.ts';
import { type Reading, withReading } from '../gather/reading.ts';
import { failedDeployment } from '../submit/failed-deployment.ts';
import type { Performed } from '../submit/notebook.ts';
import { join, perform } from '../submit/perform.ts';
import { upAnswer } from '../submit/up-answer.ts';

/** Deploys a folder or a git URL to this machine: read, decide, act, and again on the next Python where that helps. */
export function up(context: Context, request: UpRequest): Promise<UpAnswer> {
  return withReading(context, request, reading => attempted(context, request, reading), true);
}

async function attempted(context: Context, request: UpRequest, reading: Reading): Promise<UpAnswer> {
  const { inputs, source } = reading;
  const bundle = await source.bundle();
  const attempts: Attempt[] = [];
  let { gathered } = reading;
  let replanned = false;
  let { waiting, warnings } = reading;

  for (;;) {
    const { deployment, decision } = nextDeployment(
      context,
      { ...reading, gathered, bundled: bundle !== null },
      attempts,
    );
    const nothingToDo = !request.force && isUnchanged(deployment, decision) && isServing(deployment);
    const { holder } = gathered.state;
    if (nothingToDo && holder === null) return upAnswer(context, { deployment, inputs, performed: null });

    for (const text of warnings) context.report({ type: 'note', level: 'warning', text });
    await saveRecord(context.home, gathered.record);
    const work = {
      decision,
      bundle: bundle === null ? {} : { [`${source.commit}.bundle`]: bundle },
      wait: request.wait,
      waiting,
    };
    waiting = undefined;
    warnings = [];
    // What is live is on trial as long as the run that made it so goes on.
    const performed =
      nothingToDo && holder !== null
        ? await join(context, gathered, { ...work, holder })
        : await perform(context, gathered, work);
    if (performed?.end.outcome === 'done' && performed.joined === null)
      return upAnswer(context, { deployment, inputs, performed, warnings: reading.warnings });

    const before = gathered;
    gathered = await gather(context, gathered.record, { keepsAnswers: true });
    if (performed === null) continue;
    const own = performed.joined === null ? deployment : joinedDeployment(deployment, performed.joined, gathered.state);
    if (performed.end.outcome === 'done')
      return upAnswer(context, { deployment: own, inputs, performed, warnings: reading.warnings });

    if (performed.end.outcome === 'stale' && (request.wait || !replanned)) replanned = true;
    else attempts.push(mendable(context, { ...reading, gathered: before }, { deployment: own, performed, attempts }));
  }
}

/** What an earlier command with the same intent was deploying. */
function joinedDeployment(deployment: Deployment, id: string, now: AppState): Deployment {
  const version = now.runs.find(run => run.id === id)?.version ?? deployment.version;
  return { ...deployment, version, state: { ...deployment.state, live: now.previous } };
}

/** The failure as an attempt, where a remedy or a lower Python may mend it; anything else ends here. */
function mendable(
  context: Context,
  reading: Reading,
  { deployment, performed, attempts }: { deployment: Deployment; performed: Performed; attempts: readonly Attempt[] },
): Attempt {
  const { inputs, gathered, again, files } = reading;
  const { failure, outcome } = performed.end;
  const { python, venv } = deployment;
  if (failure !== undefined && outcome === 'failed') {
    const attempt = { python, remedies: venv.remedies, failure };
    const next = nextAttempt(subjectOf(context, reading), gathered.interpreters, [...attempts, attempt]);
    if (next.kind === 'try') {
      const text = `Trying again ${next.remedy === null ? `with Python ${next.python.version}` : `with ${next.remedy}`}.`;
      context.report({ type: 'note', level: 'info', text });
      return attempt;
    }
  }

  throw failedDeployment(performed, { deployment, before: gathered.state, inputs, files, again });
}
