import type { LockAnswer } from '../../model/answers.ts';
import type { Context } from '../context.ts';
import { knownApp } from '../gather/known-app.ts';

/** Who changes the app now. The lock is the kernel's: it can't go stale, so there is nothing to release. */
export async function lockStatus(context: Context): Promise<LockAnswer> {
  const { state, record } = await knownApp(context);
  return { ok: true, app: record.name, target: context.target, holder: state.holder };
}
