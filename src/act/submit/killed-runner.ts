import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { AppState } from '../../model/state.ts';
import type { Gathered } from '../gather/gathered.ts';
import { bugFound } from '../trouble.ts';
import { afterFirst, type Notebook } from './notebook.ts';
import { attach, type Followed, look, type Runner } from './runner-client.ts';

export interface Lost {
  readonly runner: Runner;
  readonly gathered: Gathered;
  readonly plan: Pick<Plan, 'fingerprint' | 'version' | 'commit' | 'by'>;
  /** The run, where it had said hello. */
  readonly id: string | null;
}

/**
 * Follows a run on whose events stopped coming, because the runner or whoever told us was killed (kill -9, out of
 * memory): the next runner undoes or finishes it, and its end is the end. Throws when there is nothing to follow.
 */
export async function regained(lost: Lost, notes: Notebook): Promise<Followed> {
  const { runner, gathered } = lost;
  const state = await look(runner, gathered.layout);
  const id = lost.id ?? begunSince(gathered.state, state, lost.plan);
  if (id === null) throw runnerKilled(state, 'It was killed before it had begun anything.');

  const followed = await attach(runner, { root: gathered.layout.root, id }, afterFirst(notes.seen(), notes.listener));
  if (followed.kind !== 'lost') return followed;
  if (!followed.killed) throw bugFound('the runner ended without saying how', followed.evidence);

  throw runnerKilled(await look(runner, gathered.layout), 'Those that came after it were killed as well.');
}

/** The run of a plan that has begun since `before`, if one has. */
function begunSince(before: AppState, now: AppState, plan: Lost['plan']): string | null {
  if (now.holder?.fingerprint === plan.fingerprint) return now.holder.id;

  const known = new Set(before.runs.map(run => run.id));
  const ours = now.runs.filter(
    run =>
      !known.has(run.id) &&
      run.by === plan.by &&
      run.version === (plan.version ?? null) &&
      run.commit === (plan.commit ?? null),
  );
  return ours.at(-1)?.id ?? null;
}

/** The runner is gone and nobody could take its place. By the world: what serves, goes on serving. */
export function runnerKilled(state: AppState, evidence: string): DecantError {
  const { live, unfinished } = state;
  const began = unfinished !== null && unfinished.phase !== 'lock' && unfinished.phase !== 'preflight';

  return new DecantError(began && live !== null ? exitCodes.failedOldServes : exitCodes.failed, {
    code: 'runner-killed',
    what: 'The runner, which does the work, was killed.',
    evidence: [evidence],
    state: [
      live === null ? 'Nothing is live.' : `${live} is live and goes on serving.`,
      unfinished === null ? 'Nothing is left half done.' : 'What was begun is undone or finished by the next command.',
    ].join(' '),
    next: ['run the same command again', 'decant status'],
  });
}
