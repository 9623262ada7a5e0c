/** What the front's `GET /stats` answers. Times are milliseconds unless said; `started` is epoch seconds. */
export interface FrontStats {
  readonly schema: 1;
  readonly pid: number;
  /** The bundle that runs. */
  readonly file: string;
  readonly started: number;
  /** By version: "v3". */
  readonly releases: Readonly<Record<string, ReleaseStats>>;
  /** Requests that a release is answering now; neither static files nor WebSockets. */
  readonly inflight: number;
  readonly websockets: number;
  /** Requests that wait for a hold to end. */
  readonly held: number;
}

export interface ReleaseStats {
  readonly requests: number;
  readonly inflight: number;
  readonly websockets: number;
  /** "2xx" → number of answers. */
  readonly classes: Readonly<Record<string, number>>;
  readonly histogram: LatencyHistogram;
  /** Body bytes sent to clients. */
  readonly bytes: number;
  readonly recent: RecentStats;
}

/** Milliseconds from a request's head to its answer's head. `counts[i]` is up to `bounds[i]`; the last one is above all. */
export interface LatencyHistogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** The last `seconds`; the percentiles are null without requests. */
export interface RecentStats {
  readonly seconds: 60;
  readonly requests: number;
  readonly errors5xx: number;
  readonly p50: number | null;
  readonly p95: number | null;
}
