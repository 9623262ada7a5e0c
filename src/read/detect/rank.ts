import type { AppCallable } from './callable.ts';
import { all as sources } from './entries/_all.gen.ts';
import type { EntryCandidate, EntrySource } from './entry.ts';
import { runsAtImport } from './runs-at-import.ts';
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
  return bestOnce(found);
}

/** The best first, each once, with the best line of a server that names it. */
export function bestOnce(entries: readonly RankedEntry[]): readonly RankedEntry[] {
  const byScore = entries.toSorted((a, b) => b.score - a.score);
  const once = byScore.filter((each, at) => byScore.findIndex(other => isSameEntry(other, each)) === at);
  return once.map(each => {
    const server = byScore.find(other => isSameEntry(other, each) && other.server !== undefined)?.server;
    return server === undefined ? each : { ...each, server };
  });
}

function score(scope: Scope, source: EntrySource, candidate: EntryCandidate): number {
  const isRun = source.production === true && candidate.development !== true;
  const kinds = isRun ? [doubtful.unfollowed, doubtful.runsAtImport] : Object.values(doubtful);
  const doubts = kinds.map(({ cost, applies }) => (applies(candidate, scope) ? cost : 0));
  return doubts.reduce((sum, cost) => sum - cost, source.trust - (candidate.doubt ?? 0));
}

interface Doubt {
  readonly cost: number;
  applies(candidate: EntryCandidate, scope: Scope): boolean;
}

/** What makes an entry less likely to be the one that visitors are meant to see. */
const doubtful = {
  developmentWrapper: {
    cost: 30,
    applies: ({ entry }) =>
      /(^|[._])(dev|devel|development|debug|local|demo|sample|mock|fake|old|backup)([._:]|$)/.test(entry),
  },
  madeForDevelopment: {
    cost: 35,
    applies: (candidate, scope) =>
      modulesOf(scope, candidate).some(path => isMadeForDevelopment(scope, path, candidate)),
  },
  backgroundSide: {
    cost: 30,
    applies: ({ entry }) =>
      /(^|[._])(celery|celeryapp|worker|tasks?|cron|scheduler|cli|manage|seed|migrate)([._:]|\w*:)/.test(entry),
  },
  sideWork: {
    cost: 20,
    applies: ({ entry }) =>
      /(^|[._])(train\w*|scrap\w+|crawl\w*|benchmark\w*|notebooks?|tutorials?|experiments?)([._:]|$)/.test(entry),
  },
  nothingRegistered: {
    cost: 15,
    applies: (candidate, scope) => !hasPages(scope, candidate),
  },
  runsAtImport: {
    cost: 60,
    applies: (candidate, scope) => modulesOf(scope, candidate).some(path => runsAtImport(scope, path) !== undefined),
  },
  unfollowed: { cost: 10, applies: ({ callable }) => callable === undefined },
  nested: { cost: 3, applies: ({ entry }) => entry.split('.').length > 2 },
} as const satisfies Readonly<Record<string, Doubt>>;

/** Whether anything is registered on the app, as far as its own file and the entry's show. */
export function hasPages(scope: Scope, candidate: EntryCandidate): boolean {
  const { callable } = candidate;
  if (callable === undefined || callable.framework === 'django') return true;
  return [callable.path, ...modulesOf(scope, candidate)].some(path => registersPages(scope, path, callable));
}

/** `app = create_app("development")`, `create_app(config.DevConfig)`; a default that a variable replaces is none. */
function isMadeForDevelopment(scope: Scope, path: string, { entry }: EntryCandidate): boolean {
  const name = entry.split(':')[1] ?? '';
  const made = scope
    .module(path)
    ?.assignments.find(({ target, within, main }) => target === name && within === null && !main);
  const call = made?.value.type === 'call' ? made.value.text : '';
  return /\((?!.*environ|.*getenv).*\b(dev|devel|debug|local)(elopment)?(_?config|settings)?\b/i.test(call);
}

/** The file of the module that the entry names. */
function modulesOf(scope: Scope, { entry }: EntryCandidate): readonly string[] {
  const path = (entry.split(':')[0] ?? '').replaceAll('.', '/');
  return scope.sources.flatMap(source => [`${source}${path}.py`, `${source}${path}/__init__.py`]);
}

/** A Dash app has pages once it has a layout. */
function registersPages(scope: Scope, path: string, { inside }: AppCallable): boolean {
  const text = scope.text(path) ?? '';
  if (inside !== undefined) return /\.layout\s*=|use_pages\s*=|\blayout\b.*import|import.*\blayout\b/.test(text);
  return /\.layout\s*=|\.(route|get|post|add_url_rule|register_blueprint|include_router|add_api_route|add_route|mount|init_app|add_resource|add_api|register_\w+|callback|blueprint)\(|\b(routes|views|import_module)\b|register_/.test(
    text,
  );
}

function isSameEntry(a: RankedEntry, b: RankedEntry): boolean {
  return a.entry === b.entry && (a.folder ?? '') === (b.folder ?? '');
}
