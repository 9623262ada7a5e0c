import type { ProcessKind } from './state.ts';

/** `releases/vN/processes/<process>.json`: all that the keeper needs to run a process, now and after a reboot. */
export interface ProcessSpec {
  readonly schema: 1;
  /** "v3:web" */
  readonly name: string;
  readonly release: string;
  readonly process: string;
  readonly kind: ProcessKind;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** systemd's EnvironmentFile syntax; read at each start. `env` wins over it. */
  readonly envFile: string;
  /** stdout and stderr, appended. */
  readonly log: string;
  /** Removed before a start, where given. */
  readonly socket: string | null;
  /** Seconds between TERM and KILL. */
  readonly grace: number;
}
