import type { Phase } from './plan.ts';

/**
 * What a runner says while it works: one JSON object a line, in `inbox/<id>/events.jsonl` and on the wire.
 * `at` is seconds since the epoch, with fraction.
 */
export type RunnerEvent = { readonly at: number } & (
  | { readonly type: 'hello'; readonly id: string; readonly runner: string; readonly pid: number }
  | { readonly type: 'recover'; readonly id: string; readonly decision: 'undo' | 'finish'; readonly version?: string }
  | {
      readonly type: 'step';
      readonly id: string;
      readonly phase: Phase;
      readonly title: string;
      readonly state: 'started';
    }
  | {
      readonly type: 'step';
      readonly id: string;
      readonly phase: Phase;
      readonly title: string;
      readonly state: 'done';
      readonly seconds: number;
      readonly detail?: string;
    }
  | {
      readonly type: 'step';
      readonly id: string;
      readonly phase: Phase;
      readonly title: string;
      readonly state: 'failed' | 'warned';
      readonly seconds: number;
      readonly failure: StepFailure;
    }
  | { readonly type: 'output'; readonly id: string; readonly stream: 'stdout' | 'stderr'; readonly line: string }
  | { readonly type: 'fact'; readonly name: string; readonly value: string }
  | {
      readonly type: 'undo';
      readonly id: string;
      readonly title: string;
      readonly state: 'started' | 'done' | 'failed';
      readonly detail?: string;
    }
  | { readonly type: 'cancel' }
  | {
      readonly type: 'end';
      readonly outcome: Outcome;
      readonly switched: boolean;
      readonly live: string | null;
      readonly seconds: number;
      readonly failure?: StepFailure & { readonly step: string; readonly phase: Phase };
      readonly holder?: Holder;
      /** What could not be taken back, newest step first. */
      readonly left?: readonly LeftStep[];
    }
);

/** A step whose undo failed: it may have left something. */
export interface LeftStep {
  readonly step: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * done · failed (undone, or switched back) · cancelled (undone on request) · stale (`expects` did not hold, nothing done)
 * · locked (somebody else's run holds the lock, nothing done)
 */
export type Outcome = 'done' | 'failed' | 'cancelled' | 'stale' | 'locked';

/** Why a step failed, as data; `read/failures` turns it into words. */
export interface StepFailure {
  /** exit: a command's status · deadline · check: a gate or watch said no · dead: the process ended or loops · taken: the address is in use · system: an OS error · killed: the runner itself was · bug */
  readonly reason: 'exit' | 'deadline' | 'check' | 'dead' | 'taken' | 'system' | 'killed' | 'cancelled' | 'bug';
  /** One line for people: "exited with status 1", "GET / answered 500". */
  readonly message: string;
  readonly status?: number;
  /** The last lines of the command's output, or of the candidate's log; at most 200 lines. */
  readonly output?: readonly string[];
}

/** Who holds an app's lock. */
export interface Holder {
  readonly id: string;
  readonly fingerprint: string;
  readonly kind: string;
  readonly by: string;
  readonly pid: number;
  readonly since: number;
  /** Whether a client is reading its events now. */
  readonly attached: boolean;
}
