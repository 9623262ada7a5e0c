import { durationValue } from './input.ts';
import { usageError } from './usage-error.ts';

/** A moment in epoch seconds: "10m" is so long before now, else a date and time in ISO 8601. */
export function sinceValue(text: string, now: number): number {
  if (!/^\d{4}-/.test(text)) return now - durationValue(text);
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw usageError(`"${text}" is not a time`, ['write it as 10m or 2026-01-31T12:00:00Z']);
  return at / 1000;
}
