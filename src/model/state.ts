import type { Holder, Outcome, StepFailure } from './event.ts';
import type { Phase } from './plan.ts';
import type { Manifest } from './release.ts';

/** A list of `shared` this long is cut short: what is not in it may be there all the same. */
export const sharedLimit = 5000;

/** What the runner's `look` says of an app on a host: raw, in one round trip. Versions are "v3"; times are epoch seconds. */
export interface AppState {
  readonly schema: 1;
  readonly exists: boolean;
  readonly live: string | null;
  readonly previous: string | null;
  /** The number that the next release gets. */
  readonly next: number;
  /** Sealed releases, oldest first, without their file lists. */
  readonly releases: readonly Manifest[];
  /** Runs in the journal, oldest first. */
  readonly runs: readonly Run[];
  readonly holder: Holder | null;
  /** A run that ended without an end: the next runner undoes or finishes it. */
  readonly unfinished: { readonly id: string; readonly version: string | null; readonly phase: Phase } | null;
  /** Hashes of complete virtual environments. */
  readonly venvs: readonly string[];
  /** Paths under `shared/`, relative to it, the shallow ones first; `sharedLimit` at most. */
  readonly shared: readonly string[];
  /** Those of them that the live release's code is linked to, as paths below its `code/` too. */
  readonly linked: readonly { readonly path: string; readonly kind: 'file' | 'folder' }[];
  /** SQLite files among them. `tables`: -1 when it can't be read. `revision`: Alembic's, where its table exists. */
  readonly databases: readonly { readonly path: string; readonly tables: number; readonly revision: string | null }[];
  /** The newest value of each `note` and captured fact. */
  readonly notes: Readonly<Record<string, string>>;
  readonly disk: { readonly bytes: number; readonly inodes: number };
  /** The keeper's own account (`keep/`'s `status` answer), or null when it does not run. */
  readonly keep: KeepStatus | null;
}

/** One plan's run, merged from the journal's begin and end. */
export interface Run {
  readonly id: string;
  readonly kind: string;
  readonly version: string | null;
  readonly previous: string | null;
  readonly commit: string | null;
  readonly by: string;
  readonly at: number;
  readonly seconds: number | null;
  readonly outcome: Outcome | 'unfinished';
  readonly switched: boolean;
  readonly failure: (StepFailure & { readonly step: string; readonly phase: Phase }) | null;
}

export interface KeepStatus {
  readonly pid: number;
  readonly started: number;
  /** Hash of the runner package that the keeper runs from. */
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly front: {
    readonly pid: number | null;
    readonly started: number | null;
    readonly file: string;
    readonly state: ProcessState;
    readonly restarts: number;
  };
  readonly processes: readonly KeptProcess[];
}

export interface KeptProcess {
  /** "v3:web" */
  readonly name: string;
  readonly release: string;
  readonly process: string;
  readonly kind: ProcessKind;
  readonly pid: number | null;
  readonly started: number | null;
  readonly state: ProcessState;
  readonly restarts: number;
  /** How it ended last: "exit 3", "signal 9". */
  readonly exit: string | null;
  readonly memory_bytes: number | null;
  readonly log: string;
}

/** failed: the crash-loop verdict; it is tried again every 30 s, and may be alive. */
export type ProcessState = 'running' | 'waiting' | 'failed' | 'stopping' | 'stopped';
export type ProcessKind = 'web' | 'worker' | 'scheduler';
