import type { ReleaseStats } from '../../model/front-stats.ts';
import { latencyBounds, latencyBucket, percentile } from './histogram.ts';

/** Counts what each release answers. All times are `performance.now()` milliseconds. */
export interface Statistics {
  /** The counts of one release, made at first use. */
  of(version: string): ReleaseCounts;
  readonly versions: () => readonly string[];
  inflight(): number;
  websockets(): number;
  snapshot(now: number): Record<string, ReleaseStats>;
}

export interface ReleaseCounts {
  requests: number;
  inflight: number;
  websockets: number;
  bytes: number;
  readonly classes: number[];
  readonly latency: number[];
  readonly slots: RecentSlot[];
}

interface RecentSlot {
  second: number;
  requests: number;
  errors5xx: number;
  readonly latency: number[];
}

const recentSeconds = 60;

export function createStatistics(): Statistics {
  const releases = new Map<string, ReleaseCounts>();

  return {
    of(version) {
      const known = releases.get(version);
      if (known !== undefined) return known;

      const made = emptyCounts();
      releases.set(version, made);
      return made;
    },
    versions: () => [...releases.keys()],
    websockets() {
      let sum = 0;
      for (const counts of releases.values()) sum += counts.websockets;
      return sum;
    },
    inflight() {
      let sum = 0;
      for (const counts of releases.values()) sum += counts.inflight;
      return sum;
    },
    snapshot: now => Object.fromEntries([...releases].map(([version, counts]) => [version, releaseStats(counts, now)])),
  };
}

/** Counts one answer: its status, and the milliseconds from the request's head to the answer's head. */
export function countAnswer(counts: ReleaseCounts, status: number, began: number, now: number): void {
  const bucket = latencyBucket(now - began);
  const kind = Math.min(Math.floor(status / 100), 5);
  counts.requests += 1;
  counts.classes[kind] = (counts.classes[kind] ?? 0) + 1;
  counts.latency[bucket] = (counts.latency[bucket] ?? 0) + 1;

  const slot = currentSlot(counts, Math.floor(now / 1000));
  slot.requests += 1;
  if (status >= 500) slot.errors5xx += 1;
  slot.latency[bucket] = (slot.latency[bucket] ?? 0) + 1;
}

function emptyCounts(): ReleaseCounts {
  return {
    requests: 0,
    inflight: 0,
    websockets: 0,
    bytes: 0,
    classes: [0, 0, 0, 0, 0, 0],
    latency: emptyLatency(),
    slots: Array.from({ length: recentSeconds }, () => ({
      second: -1,
      requests: 0,
      errors5xx: 0,
      latency: emptyLatency(),
    })),
  };
}

function emptyLatency(): number[] {
  return new Array<number>(latencyBounds.length + 1).fill(0);
}

function currentSlot(counts: ReleaseCounts, second: number): RecentSlot {
  const slot = counts.slots[second % recentSeconds] as RecentSlot;
  if (slot.second === second) return slot;

  slot.second = second;
  slot.requests = 0;
  slot.errors5xx = 0;
  slot.latency.fill(0);
  return slot;
}

function releaseStats(counts: ReleaseCounts, now: number): ReleaseStats {
  const classes = counts.classes.map((number, kind) => [`${kind}xx`, number] as const);
  const second = Math.floor(now / 1000);
  const slots = counts.slots.filter(slot => slot.second > second - recentSeconds && slot.second >= 0);
  const latency = emptyLatency().map((_, bucket) => slots.reduce((sum, slot) => sum + (slot.latency[bucket] ?? 0), 0));

  return {
    requests: counts.requests,
    inflight: counts.inflight,
    websockets: counts.websockets,
    classes: Object.fromEntries(classes.filter(([, number]) => number > 0)),
    histogram: { bounds: latencyBounds, counts: [...counts.latency] },
    bytes: counts.bytes,
    recent: {
      seconds: recentSeconds,
      requests: slots.reduce((sum, slot) => sum + slot.requests, 0),
      errors5xx: slots.reduce((sum, slot) => sum + slot.errors5xx, 0),
      p50: percentile(latency, 0.5),
      p95: percentile(latency, 0.95),
    },
  };
}
