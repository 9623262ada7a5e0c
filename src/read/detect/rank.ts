import { all as sources } from './entries/_all.gen.ts';
import type { EntryCandidate, EntrySource } from './entry.ts';
import type { Scope } from './scope.ts';

/** A candidate with what it is worth. */
export interface RankedEntry extends EntryCandidate {
  readonly source: string;
  readonly score: number;
}

/** Every entry that the evidence names, the best first, each once. */
export function rankedEntries(scope: Scope): readonly RankedEntry[] {
  const found = sources.flatMap((source: EntrySource) =>
    source
      .candidates(scope)
      .map(candidate => ({ ...candidate, source: source.name, score: score(scope, source, candidate) })),
  );
  const byScore = found.toSorted((a, b) => b.score - a.score);
  return byScore.filter((each, at) => byScore.findIndex(other => isSameEntry(other, each)) === at);
}

function score(scope: Scope, source: EntrySource, candidate: EntryCandidate): number {
  const doubts = Object.values(doubtful).map(({ cost, applies }) => (applies(candidate, scope) ? cost : 0));
  return doubts.reduce((sum, cost) => sum - cost, source.trust - (candidate.doubt ?? 0));
}

interface Doubt {
  readonly cost: number;
  applies(candidate: EntryCandidate, scope: Scope): boolean;
}

/** What makes an entry less likely to be the one that visitors are meant to see. */
const doubtful: Readonly<Record<string, Doubt>> = {
  developmentWrapper: {
    cost: 30,
    applies: ({ entry }) =>
      /(^|[._])(dev|devel|development|debug|local|demo|sample|mock|fake|old|backup)([._:]|$)/.test(entry),
  },
  backgroundSide: {
    cost: 30,
    applies: ({ entry }) =>
      /(^|[._])(celery|celeryapp|worker|tasks?|cron|scheduler|cli|manage|seed|migrate)([._:]|\w*:)/.test(entry),
  },
  nothingRegistered: {
    cost: 15,
    applies: ({ callable }, scope) =>
      callable !== undefined && callable.framework !== 'django' && !registersPages(scope, callable.path),
  },
  nested: { cost: 3, applies: ({ entry }) => entry.split('.').length > 2 },
};

function registersPages(scope: Scope, path: string): boolean {
  return /\.(route|get|post|add_url_rule|register_blueprint|include_router|add_api_route|mount|init_app|add_resource|register_\w+)\(|\b(routes|views|import_module)\b|register_/.test(
    scope.text(path) ?? '',
  );
}

function isSameEntry(a: RankedEntry, b: RankedEntry): boolean {
  return a.entry === b.entry && (a.folder ?? '') === (b.folder ?? '');
}
