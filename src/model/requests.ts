/** What the cli asks of each flow: its own arguments and options, already parsed. Global options are in `Context`. */

export interface UpRequest {
  /** A folder, a git URL or a path; absent: the working directory. */
  readonly source?: string;
  readonly ref?: string;
  readonly port?: number;
  /** Seconds that the old release still runs while the new one is judged; absent: the target's default. */
  readonly watchSeconds?: number;
  /** Copy state that git ignores (a development database) into the first release. */
  readonly withState: boolean;
  /** Wait for another deploy instead of exit 7. */
  readonly wait: boolean;
  /** Make a new release even when nothing changed. */
  readonly force: boolean;
}

export interface InspectRequest {
  readonly source?: string;
  readonly ref?: string;
}

export interface RollbackRequest {
  /** "v12"; absent: the newest one before that was live, good and differs. */
  readonly version?: string;
  readonly wait: boolean;
}

export interface ReleasesRequest {
  /** At most so many, newest first. */
  readonly count: number;
}

export interface ReleaseRequest {
  readonly version: string;
}

export interface ReleaseDiffRequest {
  readonly from: string;
  /** Absent: the live release. */
  readonly to?: string;
}

export interface LogsRequest {
  readonly follow: boolean;
  readonly count: number;
  /** Epoch seconds. */
  readonly since?: number;
  readonly release?: string;
  readonly process?: string;
}

export interface RunRequest {
  readonly argv: readonly string[];
  readonly release?: string;
}

export interface ConsoleRequest {
  readonly release?: string;
}

export interface ConfigSetRequest {
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly wait: boolean;
}

export interface ConfigUnsetRequest {
  readonly names: readonly string[];
  readonly wait: boolean;
}

export interface ConfigImportRequest {
  /** An env file; "-" is standard input. */
  readonly file: string;
  readonly wait: boolean;
}

export interface ConfigListRequest {
  /** Print the values of secrets too. */
  readonly reveal: boolean;
}

export interface WaitRequest {
  readonly wait: boolean;
}

export interface DestroyRequest extends WaitRequest {
  /** Every app of this home, its tools and caches. */
  readonly all: boolean;
}

export interface AutostartRequest {
  readonly enable: boolean;
}

export interface StartRequest extends WaitRequest {
  /** Stay as long as the app does: for a supervisor such as systemd. */
  readonly foreground: boolean;
}
