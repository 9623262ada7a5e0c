import type { ProgressEvent } from '../../model/progress.ts';
import { duration } from '../durations.ts';
import { eventLines } from '../event-lines.ts';
import { plainText } from '../plain-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { type Running, runningAfter } from '../running.ts';
import { clipped, padded } from '../width.ts';

const liveLines = 5;

/**
 * For a terminal: what is done stays as lines, what runs is redrawn below them at each tick, never more often.
 * Nothing of the terminal's state is changed (no hidden cursor, no raw mode), so that even a kill leaves it clean.
 */
export function ttyReporter(options: ReporterOptions): Reporter {
  let running: readonly Running[] = [];
  let drawn = 0;
  let ended = false;

  const redraw = (lines: readonly string[], live: readonly string[]): void => {
    const erase = drawn === 0 ? '' : `\x1b[${drawn}A\r\x1b[J`;
    const text = erase + [...lines, ...live].map(line => `${line}\n`).join('');
    drawn = live.length;
    if (text !== '') options.write(text);
  };

  return {
    report(event: ProgressEvent): void {
      if (ended) return;
      // The answer is printed next, and not by us: nothing of ours may stand below it.
      running = event.type === 'result' ? [] : runningAfter(running, event, options.now());
      const lines = eventLines(event, options.view, options);
      if (lines.length > 0 || running.length < drawn) redraw(lines, liveView(running, options));
    },
    tick(): void {
      if (ended || (running.length === 0 && drawn === 0)) return;
      redraw([], liveView(running, options));
    },
    end(): void {
      if (!ended) redraw([], []);
      ended = true;
    },
  };
}

/** One line for each thing that runs, cut to the terminal so that it stays one line. */
function liveView(running: readonly Running[], options: ReporterOptions): readonly string[] {
  if (options.quiet) return [];
  const { colours, glyphs } = options.view;
  return running.slice(-liveLines).map(each => {
    const elapsed = duration(Math.max(0, options.now() - each.since));
    const last = each.last === '' ? '' : `  ${plainText(each.last).trim()}`;
    const head = `  ${colours.cyan(glyphs.running)} ${colours.dim(padded(each.phase, 9))}  ${each.title}`;
    return clipped(`${head}  ${elapsed}${colours.dim(last)}`, (options.columns() ?? 80) - 1, glyphs.ellipsis);
  });
}
