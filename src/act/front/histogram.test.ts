import { expect, test } from 'vitest';
import { latencyBounds, latencyBucket, percentile } from './histogram.ts';

test('a time belongs to the first bound that is not below it', () => {
  expect(latencyBucket(0)).toBe(0);
  expect(latencyBucket(1)).toBe(0);
  expect(latencyBucket(1.01)).toBe(1);
  expect(latencyBucket(60_000)).toBe(latencyBounds.length - 1);
  expect(latencyBucket(60_001)).toBe(latencyBounds.length);
});

test('percentiles are within a fifth of the true ones', () => {
  const counts = new Array<number>(latencyBounds.length + 1).fill(0);
  for (let time = 1; time <= 1000; time += 1) counts[latencyBucket(time)] = (counts[latencyBucket(time)] ?? 0) + 1;

  for (const part of [0.5, 0.95, 0.99]) {
    expect(Math.abs((percentile(counts, part) ?? 0) / (1000 * part) - 1)).toBeLessThan(0.2);
  }
});

test('no counts, no percentile; what is beyond the last bound is the last bound', () => {
  const counts = new Array<number>(latencyBounds.length + 1).fill(0);
  expect(percentile(counts, 0.5)).toBeNull();
  counts[latencyBounds.length] = 1;
  expect(percentile(counts, 0.5)).toBe(60_000);
});
