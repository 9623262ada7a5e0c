/** Upper bounds in milliseconds: fine enough that an interpolated percentile is right within a fifth. */
export const latencyBounds: readonly number[] = [
  1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000,
  7000, 10_000, 15_000, 30_000, 60_000,
];

/** Which count of a histogram a time belongs to. */
export function latencyBucket(milliseconds: number): number {
  let low = 0;
  let high = latencyBounds.length;

  while (low < high) {
    const middle = (low + high) >> 1;
    if (milliseconds <= (latencyBounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The `part` (0.95) percentile in milliseconds, interpolated inside its bucket; null without counts. */
export function percentile(counts: ArrayLike<number>, part: number): number | null {
  let total = 0;
  for (let at = 0; at < counts.length; at += 1) total += counts[at] ?? 0;
  if (total === 0) return null;

  const wanted = total * part;
  let before = 0;
  for (let at = 0; at < counts.length; at += 1) {
    const here = counts[at] ?? 0;
    if (here > 0 && before + here >= wanted) return withinBucket(at, (wanted - before) / here);
    before += here;
  }
  return latencyBounds[latencyBounds.length - 1] ?? null;
}

function withinBucket(at: number, share: number): number {
  const low = at === 0 ? 0 : (latencyBounds[at - 1] ?? 0);
  const high = latencyBounds[at] ?? low;
  return Math.round((low + (high - low) * share) * 100) / 100;
}
