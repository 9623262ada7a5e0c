/** Epoch seconds of a log line's own time, as gunicorn, celery and Python's logging write it; null without one. */
export function logTime(line: string): number | null {
  const match = /^\[?(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?(?:\s?(Z|[+-]\d\d:?\d\d))?/.exec(line);
  if (match === null) return null;

  const [, date, time, fraction, zone] = match;
  const offset = zone === undefined ? '' : zone === 'Z' ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const millis = Date.parse(`${date}T${time}.${(fraction ?? '0').padEnd(3, '0').slice(0, 3)}${offset}`);

  return Number.isNaN(millis) ? null : millis / 1000;
}
