import type { Holder } from './event.ts';
import type { Plan } from './plan.ts';
import type { KeptProcess, ProcessState } from './state.ts';

/**
 * What each flow answers. These are also the `--json` objects: the cli adds `"schema": 1` (and `"type": "result"`
 * after a stream of events). Durations are seconds, times are epoch seconds, versions are "v3".
 * A failure is never an answer: flows throw `DecantError`, which the cli prints as `Failure`.
 */

/** `--json` of anything that failed. */
export interface Failure {
  readonly ok: false;
  readonly code: string;
  readonly exit: number;
  readonly what: string;
  readonly evidence: readonly string[];
  readonly state: string;
  readonly next: readonly string[];
}

/** What every answer about one app begins with. */
export interface AppAnswer {
  readonly ok: true;
  readonly app: string;
  readonly target: string;
}

/** `up`, `deploy`, `rollback`, `restart`, and `config set|unset|import`: what is live afterwards. */
export interface UpAnswer extends AppAnswer {
  /** null: nothing is live (configuration was stored before a first release). */
  readonly release: string | null;
  readonly previous: string | null;
  /** The user's own commit where there is one, else decant's. */
  readonly commit: string | null;
  readonly subject: string | null;
  readonly dirty: boolean;
  readonly url: string | null;
  readonly seconds: number;
  /** From the command's start until the new release served; null when nothing changed. */
  readonly live_seconds: number | null;
  /** False: everything was as wanted, nothing was done. */
  readonly changed: boolean;
  /** One sentence each: "Python 3.12, the newest here (nothing declared)". */
  readonly assumed: readonly string[];
  /** Names of the variables whose values decant made and keeps. */
  readonly generated: readonly string[];
  /** What lies in the folder and was left there on purpose: "instance/dev.db (ignored by git)". */
  readonly not_copied: readonly string[];
  readonly warnings: readonly string[];
  /** Names of environment variables that differ from the release before (rollback, config). */
  readonly environment_changed: readonly string[];
  /** Whether the app comes back after a reboot. */
  readonly autostart: boolean;
}

/** A file that a plan writes: its text now (absent: there is none) and afterwards. Secrets are never in here. */
export interface PlannedFile {
  readonly path: string;
  readonly before?: string;
  readonly after: string;
}

export interface PlanAnswer extends AppAnswer {
  readonly changed: boolean;
  readonly live: string | null;
  readonly release: string | null;
  readonly commit: string | null;
  readonly subject: string | null;
  readonly dirty: boolean;
  readonly assumed: readonly string[];
  /** What will go wrong, as far as it can be read: required variables that nobody has set. */
  readonly warnings: readonly string[];
  /** null: nothing to do. */
  readonly plan: Plan | null;
  readonly files: readonly PlannedFile[];
}

export interface AppsAnswer {
  readonly ok: true;
  readonly apps: readonly {
    readonly app: string;
    readonly source: string;
    readonly target: string;
    readonly state: 'live' | 'stopped' | 'down' | 'empty';
    readonly release: string | null;
    readonly commit: string | null;
    readonly dirty: boolean;
    readonly url: string | null;
  }[];
}

/** What visitors met in the last `seconds`. Latencies are milliseconds. */
export interface Traffic {
  readonly seconds: number;
  readonly requests: number;
  readonly requests_per_second: number;
  readonly errors_5xx: number;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly inflight: number;
}

export interface StatusAnswer extends AppAnswer {
  /** live: serves and healthy · unhealthy: serves, health says no · down: should serve and does not · stopped: on request · empty: no release yet */
  readonly state: 'live' | 'unhealthy' | 'down' | 'stopped' | 'empty';
  readonly release: string | null;
  readonly commit: string | null;
  readonly subject: string | null;
  readonly dirty: boolean;
  /** How long the live release's web process has been running. */
  readonly up_seconds: number | null;
  readonly url: string | null;
  /** What the health request answered: "GET /health 200 in 6 ms". */
  readonly health: { readonly ok: boolean; readonly message: string } | null;
  readonly traffic: Traffic | null;
  readonly memory_bytes: number | null;
  readonly disk_free_bytes: number | null;
  readonly processes: readonly KeptProcess[];
  readonly holder: Holder | null;
  /** A run that was torn: the next command undoes or finishes it. */
  readonly unfinished: string | null;
  readonly autostart: boolean;
}

export interface ProcessesAnswer extends AppAnswer {
  readonly live: string | null;
  readonly front: {
    readonly pid: number | null;
    readonly state: ProcessState;
    readonly started: number | null;
    readonly restarts: number;
    readonly memory_bytes: number | null;
  } | null;
  readonly keeper: { readonly pid: number; readonly started: number; readonly memory_bytes: number | null } | null;
  readonly processes: readonly KeptProcess[];
}

/** One line of a process's log. `at` is null when the line carries no time of its own. */
export interface LogLine {
  readonly release: string;
  readonly process: string;
  readonly at: number | null;
  readonly text: string;
}

export interface LogsAnswer {
  readonly ok: true;
  readonly app: string;
  readonly lines: number;
}

/** `run` and `console`: the command's own status. */
export interface RunAnswer {
  readonly ok: boolean;
  readonly status: number;
}

export interface OpenAnswer {
  readonly ok: true;
  readonly url: string;
  /** False: no browser could be started here; the address is the answer. */
  readonly opened: boolean;
}

export interface StopAnswer extends AppAnswer {
  readonly changed: boolean;
  readonly seconds: number;
}

/** `start`: the release that serves again. */
export interface StartAnswer extends StopAnswer {
  readonly release: string;
  readonly url: string;
}

export interface DestroyAnswer {
  readonly ok: true;
  readonly apps: readonly string[];
  /** What was removed, one path each. */
  readonly removed: readonly string[];
  readonly seconds: number;
}

export interface LockAnswer extends AppAnswer {
  readonly holder: Holder | null;
}

export interface AutostartAnswer extends AppAnswer {
  readonly enabled: boolean;
  readonly changed: boolean;
  /** The unit's file, where there is one. */
  readonly unit: string | null;
  /** False: it starts at login only, because lingering could not be enabled. */
  readonly linger: boolean;
  readonly warnings: readonly string[];
}
