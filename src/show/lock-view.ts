import type { LockAnswer } from '../model/answers.ts';
import { ago } from './durations.ts';
import { plainText } from './plain-text.ts';
import type { View } from './view.ts';

/** `decant lock status`: who works on the app now. */
export function lockView(answer: LockAnswer, view: View): string {
  const { holder } = answer;
  if (holder === null) return `Nobody is changing ${answer.app}; its lock is free.\n`;
  const seen = holder.attached ? 'a client is attached' : 'no client is attached; the same command again attaches';
  return `${plainText(holder.by)} runs ${holder.kind} on ${answer.app} since ${ago(holder.since, view.now)} (pid ${holder.pid}); ${seen}.\n`;
}
