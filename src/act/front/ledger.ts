import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { FrontStats } from '../../model/front-stats.ts';
import { askControl } from './ask-control.ts';
import type { Statistics } from './statistics.ts';
import { type StatsByRelease, statsHistory, statsSum } from './stats-sum.ts';

/** A front's own counts, together with those of the fronts before it: ended ones, and one that still drains. */
export interface Ledger {
  totals(): Promise<StatsByRelease>;
  /** Takes over the final counts of the front before. */
  inherit(stats: StatsByRelease): void;
  /** The control socket of the front that drains, while there is one. */
  readonly predecessor: () => string | null;
  save(): Promise<void>;
}

/** `predecessor`: the control socket of a front that serves until now. Without one the counts start from `file`. */
export function openLedger(own: Statistics, file: string, predecessor: string | null): Ledger {
  let before = predecessor;
  let lastSeen: StatsByRelease = {};
  let past: StatsByRelease = predecessor === null ? savedStats(file) : {};

  const inherit = (stats: StatsByRelease): void => {
    past = statsSum(past, statsHistory(stats));
    before = null;
  };

  const theirs = async (): Promise<StatsByRelease> => {
    if (before === null) return {};

    const answer = await askControl(before, { method: 'GET', path: '/stats', patience: 300 });
    if (before === null) return {};
    if (answer.kind === 'answer') lastSeen = (answer.value as FrontStats).releases;
    if (answer.kind !== 'gone') return lastSeen;

    // It ended without handing over.
    inherit(lastSeen);
    return {};
  };

  const totals = async (): Promise<StatsByRelease> => {
    const drained = await theirs();
    return statsSum(statsSum(past, drained), own.snapshot(performance.now()));
  };

  return {
    totals,
    inherit,
    predecessor: () => before,
    save: async () => writeStats(file, await totals()),
  };
}

function savedStats(file: string): StatsByRelease {
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { readonly releases: StatsByRelease };
    return statsSum({}, statsHistory(saved.releases));
  } catch {
    return {};
  }
}

function writeStats(file: string, releases: StatsByRelease): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify({ schema: 1, releases: statsHistory(releases) }));
  renameSync(fresh, file);
}
