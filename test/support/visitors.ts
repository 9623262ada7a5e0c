import { type LoadReport, runLoad } from '../../bench/load.ts';

/** Visitors who never stop asking: keep-alive, new connections and slow answers. */
export interface Visitors {
  /** Names what happens now: failures are told under it. `bodies`: all that may be answered meanwhile. */
  during(label: string, bodies?: readonly string[]): void;
  /** "get: ECONNRESET" → how often, of one label. */
  failures(label: string): Readonly<Record<string, number>>;
  stop(): Promise<LoadReport>;
}

/** `slow`: a path that takes its time; without one, nobody asks for it. */
export function startVisitors(port: number, slow?: string): Visitors {
  const stopping = new AbortController();
  const failures = new Map<string, Record<string, number>>();
  let now = '';
  let allowed: readonly string[] | undefined;
  const failed = (name: string) => {
    const counts = failures.get(now) ?? {};
    counts[name] = (counts[name] ?? 0) + 1;
    failures.set(now, counts);
  };
  const load = runLoad({
    port,
    seconds: 3600,
    rates: { get: 20, fresh: 20, slow: 3 },
    paths: slow === undefined ? {} : { slow },
    signal: stopping.signal,
    failed,
    see: body => {
      if (allowed?.includes(body) === false) failed(`answered ${body}`);
    },
  });

  return {
    during(label, bodies) {
      now = label;
      allowed = bodies;
    },
    failures: label => failures.get(label) ?? {},
    async stop() {
      stopping.abort();
      return load;
    },
  };
}
