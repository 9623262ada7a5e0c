import { plainText } from './plain-text.ts';

/** A release as people see it: `v13 a1b9c3f "Add cart totals"`, with what is known of it. */
export function release(version: string | null, commit: string | null, subject: string | null, dirty = false): string {
  const parts = [version ?? 'no release', ...(commit === null ? [] : [shortCommit(commit, dirty)])];
  if (subject) parts.push(`"${plainText(subject)}"`);
  return parts.join(' ');
}

/** Seven digits, and a `*` when the tree had changes that no commit holds. */
export function shortCommit(commit: string | null, dirty = false): string {
  return commit === null ? '' : commit.slice(0, 7) + (dirty ? '*' : '');
}
