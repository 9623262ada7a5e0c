import { plainText } from './plain-text.ts';

/** What a release's name is made of. Every answer about one has these: no view can forget the mark. */
export interface NamedRelease {
  readonly release: string | null;
  readonly commit: string | null;
  readonly subject: string | null;
  readonly dirty: boolean;
}

/** A release as people see it: `v13 a1b9c3f* "Add cart totals"`, with what is known of it. */
export function releaseName({ release, commit, subject, dirty }: NamedRelease): string {
  const parts = [release ?? 'no release', ...(commit === null ? [] : [shortCommit({ commit, dirty })])];
  if (subject) parts.push(`"${plainText(subject)}"`);
  return parts.join(' ');
}

/** Seven digits, and a `*` when the tree had changes that no commit holds. */
export function shortCommit({ commit, dirty }: Pick<NamedRelease, 'commit' | 'dirty'>): string {
  return commit === null ? '' : commit.slice(0, 7) + (dirty ? '*' : '');
}
