import { expect, test } from 'vitest';
import type { ReleaseStats } from '../../model/front-stats.ts';
import { latencyBounds } from './histogram.ts';
import { statsHistory, statsSum } from './stats-sum.ts';

const counts = (at: number, count: number) => latencyBounds.map((_, index) => (index === at ? count : 0)).concat(0);
const release = (requests: number): ReleaseStats => ({
  requests,
  inflight: 1,
  websockets: 2,
  classes: { '2xx': requests },
  histogram: { bounds: latencyBounds, counts: counts(3, requests) },
  bytes: 10,
  recent: { seconds: 60, requests, errors5xx: 0, p50: requests, p95: requests },
});

test('adds release by release; the percentiles are the busier one’s', () => {
  const sum = statsSum({ v1: release(1), v2: release(2) }, { v2: { ...release(3), classes: { '5xx': 3 } } });
  expect(sum.v1).toEqual(release(1));
  expect(sum.v2).toMatchObject({ requests: 5, inflight: 2, classes: { '2xx': 2, '5xx': 3 }, bytes: 20 });
  expect(sum.v2?.histogram.counts).toEqual(counts(3, 5));
  expect(sum.v2?.recent).toMatchObject({ requests: 5, p50: 3 });
});

test('counts with other bounds keep their number', () => {
  const other = { ...release(3), histogram: { bounds: [2.5], counts: [2, 1] } };
  const sum = statsSum({ v1: release(0) }, { v1: other }).v1?.histogram.counts ?? [];
  expect(sum.reduce((all, count) => all + count, 0)).toBe(3);
});

test('keeps the newest twenty releases by number', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`v${index + 1}`, release(1)]));
  const kept = Object.keys(statsSum(many, {}));
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([20, 'v11', 'v30']);
});

test('history has nothing in flight', () => {
  expect(statsHistory({ v1: release(4) }).v1).toMatchObject({
    requests: 4,
    inflight: 0,
    websockets: 0,
    recent: { requests: 0 },
  });
});
