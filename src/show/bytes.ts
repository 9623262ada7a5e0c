const units = ['B', 'K', 'M', 'G', 'T'] as const;

/** A number of bytes in three figures, powers of 1024: "212M", "1.4G". */
export function bytes(count: number): string {
  let value = count;
  for (const unit of units) {
    if (value < 999.5 || unit === 'T')
      return `${value < 9.95 && unit !== 'B' ? value.toFixed(1) : Math.round(value)}${unit}`;
    value /= 1024;
  }
  return `${count}B`;
}
