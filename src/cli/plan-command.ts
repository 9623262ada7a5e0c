import type { Context } from '../act/context.ts';
import { exitCodes } from '../base/errors.ts';
import type { UpRequest } from '../model/requests.ts';
import { printAnswer } from './answer.ts';

/** `plan`, and `up --dry-run`. With `tells`, pending changes are exit 10. */
export async function runPlan(context: Context, request: UpRequest, tells: boolean): Promise<number> {
  const [{ plan }, { planView }] = await Promise.all([import('../act/flows/plan.ts'), import('../show/plan-view.ts')]);
  const answer = await plan(context, request);
  printAnswer(context, answer, view => planView(answer, view));
  return tells && answer.changed ? exitCodes.pending : exitCodes.ok;
}
