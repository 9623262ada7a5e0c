import type { StepFailure } from '../../model/event.ts';
import type { Phase } from '../../model/plan.ts';
import type { Profile } from '../../model/profile.ts';
import type { FileToBring } from '../brought-file.ts';

/** All that is known of a step that failed. */
export interface FailureContext {
  /** The step's id: "build.venv". */
  readonly step: string;
  readonly phase: Phase;
  readonly reason: StepFailure['reason'];
  /** The runner's one line: "exited with status 1". */
  readonly message: string;
  readonly status?: number;
  /** The last lines of the command's output, or of the candidate's log. */
  readonly output: readonly string[];
  readonly profile: Profile;
  /** Names of the variables that the release has. */
  readonly environmentNames: readonly string[];
  readonly app: string;
  readonly target: string;
  /** "3.12.1": the interpreter of this attempt. */
  readonly python: string;
  /** Alembic's revisions: where the database is, and those that the code has. */
  readonly revisions?: { readonly database: readonly string[]; readonly code: readonly string[] };
  /** Settings files that nobody has brought yet. */
  readonly files?: readonly FileToBring[];
  /** What was free on the app's file system before. */
  readonly disk?: { readonly bytes: number; readonly inodes: number };
}

/** Three of an error's four parts; the state of the world is the caller's. */
export interface Explanation {
  readonly what: string;
  readonly evidence: readonly string[];
  readonly next: readonly string[];
}

/** A known cause: `match` recognises it in the words of the tools, and says nothing that those words don't show. */
export interface Failure {
  readonly code: string;
  /** One line for the reference, without a full stop. */
  readonly means: string;
  /** Lower ranks are asked first: the more specific the cause, the lower. */
  readonly rank: number;
  /** Whether the person must change something: then a first deploy ends with 3, else with 1. */
  readonly person: boolean;
  readonly match: (context: FailureContext) => Explanation | null;
}

/** Gives a cause its type; the default export of each file in `causes/`. */
export function defineFailure(failure: Failure): Failure {
  return failure;
}
