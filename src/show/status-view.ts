import type { StatusAnswer, Traffic } from '../model/answers.ts';
import { bytes } from './bytes.ts';
import { ago, duration } from './durations.ts';
import { plainText } from './plain-text.ts';
import { stateWord } from './process-table.ts';
import { releaseName } from './release-name.ts';
import { pairs } from './table.ts';
import type { View } from './view.ts';

/** `decant status`: one line for the app, then what is behind it. */
export function statusView(answer: StatusAnswer, view: View): string {
  const { colours, glyphs } = view;
  const parts = [answer.app, answer.target, releaseName(answer)];
  if (answer.up_seconds !== null) parts.push(`up ${duration(answer.up_seconds)}`);
  const title = `${parts.join(` ${glyphs.dot} `)} ${glyphs.dot} ${stateWords(answer, view)}`;
  const rows: [string, string][] = [];
  if (answer.url !== null) rows.push(['url', answer.url]);
  if (answer.health !== null) rows.push(['health', plainText(answer.health.message)]);
  if (answer.traffic !== null) rows.push(['traffic', trafficWords(answer.traffic, view)]);
  if (answer.memory_bytes !== null) rows.push(['memory', bytes(answer.memory_bytes)]);
  if (answer.disk_free_bytes !== null) rows.push(['disk', `${bytes(answer.disk_free_bytes)} free`]);
  for (const each of answer.processes)
    rows.push([
      each.name,
      `${stateWord(each.state, view)}${each.restarts > 0 ? `, ${each.restarts} restarts` : ''}${each.exit === null ? '' : `, last end: ${each.exit}`}`,
    ]);
  if (answer.holder !== null)
    rows.push([
      'lock',
      `${plainText(answer.holder.by)} runs ${answer.holder.kind} since ${ago(answer.holder.since, view.now)}`,
    ]);
  if (answer.unfinished !== null)
    rows.push(['torn', `${answer.unfinished} was interrupted; the next command puts it right`]);
  if (answer.state !== 'empty')
    rows.push(['reboot', answer.autostart ? 'comes back (autostart is on)' : 'stays down: decant autostart on']);
  return `${colours.bold(title)}\n${pairs(rows, view)}`;
}

function stateWords(answer: StatusAnswer, view: View): string {
  const words = { live: 'healthy', unhealthy: 'unhealthy', down: 'down', stopped: 'stopped', empty: 'no release yet' }[
    answer.state
  ];
  if (answer.state === 'live') return view.colours.green(words);
  return answer.state === 'stopped' || answer.state === 'empty' ? view.colours.yellow(words) : view.colours.red(words);
}

function trafficWords(traffic: Traffic, view: View): string {
  const millis = (value: number | null): string => (value === null ? 'none' : `${Math.round(value)}ms`);
  return [
    `${traffic.requests_per_second.toFixed(1)} req/s`,
    `p50 ${millis(traffic.p50_ms)}`,
    `p95 ${millis(traffic.p95_ms)}`,
    `${traffic.errors_5xx} errors (5xx)`,
    `in the last ${duration(traffic.seconds)}`,
  ].join(` ${view.glyphs.dot} `);
}
