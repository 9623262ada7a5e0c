import type { LatencyHistogram, RecentStats, ReleaseStats } from '../../model/front-stats.ts';
import { latencyBounds, latencyBucket } from './histogram.ts';

export type StatsByRelease = Readonly<Record<string, ReleaseStats>>;

const keptReleases = 20;

/** Both counts together, release by release; of many releases the newest 20. */
export function statsSum(a: StatsByRelease, b: StatsByRelease): StatsByRelease {
  const versions = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byNumber).slice(-keptReleases);
  return Object.fromEntries(versions.map(version => [version, releaseSum(a[version], b[version])]));
}

/** What stays of a front's counts when it is gone. */
export function statsHistory(stats: StatsByRelease): StatsByRelease {
  const recent: RecentStats = { seconds: 60, requests: 0, errors5xx: 0, p50: null, p95: null };
  return Object.fromEntries(
    Object.entries(stats).map(([version, release]) => [version, { ...release, inflight: 0, websockets: 0, recent }]),
  );
}

function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}

function releaseSum(a: ReleaseStats | undefined, b: ReleaseStats | undefined): ReleaseStats {
  if (a === undefined || b === undefined) return (a ?? b) as ReleaseStats;

  const kinds = [...new Set([...Object.keys(a.classes), ...Object.keys(b.classes)])].sort();
  return {
    requests: a.requests + b.requests,
    inflight: a.inflight + b.inflight,
    websockets: a.websockets + b.websockets,
    classes: Object.fromEntries(kinds.map(kind => [kind, (a.classes[kind] ?? 0) + (b.classes[kind] ?? 0)])),
    histogram: histogramSum(a.histogram, b.histogram),
    bytes: a.bytes + b.bytes,
    recent: recentSum(a.recent, b.recent),
  };
}

function histogramSum(a: LatencyHistogram, b: LatencyHistogram): LatencyHistogram {
  const counts = new Array<number>(latencyBounds.length + 1).fill(0);

  for (const histogram of [a, b]) {
    for (const [at, count] of histogram.counts.entries()) {
      // Another version of the front may have had other bounds.
      const bucket = latencyBucket(histogram.bounds[at] ?? Number.POSITIVE_INFINITY);
      counts[bucket] = (counts[bucket] ?? 0) + count;
    }
  }
  return { bounds: latencyBounds, counts };
}

/** The percentiles of the busier one: two percentiles have no sum. */
function recentSum(a: RecentStats, b: RecentStats): RecentStats {
  const { p50, p95 } = a.requests >= b.requests ? a : b;
  return { seconds: 60, requests: a.requests + b.requests, errors5xx: a.errors5xx + b.errors5xx, p50, p95 };
}
