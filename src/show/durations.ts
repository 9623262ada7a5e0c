const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Seconds as people write them: "0.3s", "41s", "3m 12s", "3h 12m", "5d 2h". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < minute) return `${whole}s`;
  if (whole < hour) return pair(whole, minute, 'm', 1, 's');
  if (whole < day) return pair(whole, hour, 'h', minute, 'm');
  return pair(whole, day, 'd', hour, 'h');
}

/** A moment seen from now (both epoch seconds): "just now", "2 min ago", "3 days ago". */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, now - at);
  if (seconds < 45) return 'just now';
  if (seconds < 45 * minute) return `${Math.max(1, Math.round(seconds / minute))} min ago`;
  if (seconds < 22 * hour) return counted(Math.max(1, Math.round(seconds / hour)), 'hour');
  if (seconds < 60 * day) return counted(Math.max(1, Math.round(seconds / day)), 'day');
  return counted(Math.round(seconds / (30 * day)), 'month');
}

function pair(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${largeName}${rest === 0 ? '' : ` ${rest}${smallName}`}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
