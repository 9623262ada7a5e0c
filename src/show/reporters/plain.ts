import type { ProgressEvent } from '../../model/progress.ts';
import { duration } from '../durations.ts';
import { eventLines } from '../event-lines.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { type Running, runningAfter } from '../running.ts';

const announceSeconds = 0.5;
const heartbeatSeconds = 15;

/** For a pipe or a log: lines only. What runs longer is announced once; after 15 s of silence a line says that it still runs. */
export function plainReporter(options: ReporterOptions): Reporter {
  let running: readonly Running[] = [];
  let announced: ReadonlySet<string> = new Set();
  let spoke = options.now();
  let ended = false;

  const say = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    spoke = options.now();
    options.write(lines.map(line => `${line}\n`).join(''));
  };
  const stillRunning = (each: Running): string => {
    const { glyphs, colours } = options.view;
    return `  ${glyphs.running} ${colours.dim(each.phase.padEnd(9))}  ${each.title}  ${duration(options.now() - each.since)}`;
  };

  return {
    report(event: ProgressEvent): void {
      if (ended) return;
      running = runningAfter(running, event, options.now());
      announced = new Set(running.map(each => each.id).filter(id => announced.has(id)));
      say(eventLines(event, options.view, options));
    },
    tick(): void {
      if (ended || options.quiet) return;
      const now = options.now();
      const fresh = running.filter(each => !announced.has(each.id) && now - each.since >= announceSeconds);
      announced = new Set([...announced, ...fresh.map(each => each.id)]);
      say(fresh.map(stillRunning));
      if (now - spoke >= heartbeatSeconds) say(running.slice(-1).map(stillRunning));
    },
    end(): void {
      ended = true;
    },
  };
}
