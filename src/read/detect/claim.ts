import type { Place, Problem } from '../../model/profile.ts';

/** An answer to one question about the repository, with where it stands and what could not be understood. */
export interface Claim<Value> {
  readonly value: Value;
  readonly evidence?: Place | undefined;
  readonly problems?: readonly Problem[];
}
