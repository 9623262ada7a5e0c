import { shellWords } from '../base/words.ts';

/** What a person's own gunicorn line says about the server. */
export interface GunicornLine {
  /** The options that tune it, each as gunicorn reads it; decant sets everything else. */
  readonly tuning: readonly GunicornOption[];
  /** Options that tune and whose values only a shell can tell. */
  readonly untold: readonly string[];
  /** `-k` */
  readonly workerClass: string | undefined;
  /** `-c`, a path. */
  readonly config: string | undefined;
}

export interface GunicornOption {
  readonly name: string;
  readonly words: readonly string[];
}

const nothing: GunicornLine = { tuning: [], untold: [], workerClass: undefined, config: undefined };

/** Of `gunicorn …`, whatever stands before and after it in the line; of `uvicorn …` the number of its processes. */
export function gunicornLine(line: string | undefined): GunicornLine {
  const words = wordsOf((line ?? '').replace(/\$\{?PORT\}?/g, '8000'));
  const at = words.findIndex(word => /(?:^|\/)(?:gunicorn|uvicorn)$/.test(word));
  if (at < 0) return nothing;

  const end = words.findIndex((word, index) => index > at && /^(?:&&?|\|\|?|;|\d?>.*)$/.test(word));
  const own = words.slice(at + 1, end === -1 ? undefined : end);
  const options = own.flatMap((word, index) => option(word, own[index + 1]) ?? []);
  const value = (names: readonly string[]) => options.find(({ name }) => names.includes(name))?.value;
  if (!/gunicorn$/.test(words[at] ?? '')) return { ...nothing, ...tuned(options.filter(isProcesses)) };
  return {
    ...tuned(options),
    workerClass: value(['-k', '--worker-class']),
    config: value(['-c', '--config'])?.replace(/^file:/, ''),
  };
}

interface Option {
  readonly name: string;
  readonly value: string | undefined;
}

const isProcesses = ({ name }: Option) => name === '--workers';

/** Without a shell's reading where a line needs one: then words with a `$` in them are nobody's. */
function wordsOf(line: string): readonly string[] {
  const plain = [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ''));
  return shellWords(line) ?? plain;
}

/** One option in any of its spellings: `--workers 3`, `--workers=3`, `-w 3`, `-w3`. */
function option(word: string, next: string | undefined): Option | undefined {
  if (alone.has(word)) return { name: word, value: undefined };
  if (valued.has(word)) return next === undefined ? undefined : { name: word, value: next };

  const [, long, longValue] = /^(--[a-z_-]+)=(.*)$/.exec(word) ?? [];
  if (long !== undefined && valued.has(long)) return { name: long, value: longValue };

  const [, short, shortValue] = /^(-[a-z])(.+)$/.exec(word) ?? [];
  return short !== undefined && valued.has(short) ? { name: short, value: shortValue } : undefined;
}

function tuned(options: readonly Option[]): Pick<GunicornLine, 'tuning' | 'untold'> {
  const found = options.filter(({ name }) => tuning.has(name) || alone.has(name));
  const isTold = ({ value }: Option) => !/[$`]/.test(value ?? '');
  return {
    tuning: found.filter(isTold).map(({ name, value }) => ({ name, words: wordsFor(name, value) })),
    untold: found.filter(each => !isTold(each)).map(({ name }) => name),
  };
}

/** An access log goes where `decant logs` finds it. */
function wordsFor(name: string, value: string | undefined): readonly string[] {
  if (value === undefined) return [name];
  return [name, name === '--access-logfile' ? '-' : value];
}

const tuning = new Set([
  '-w',
  '--workers',
  '--threads',
  '-t',
  '--timeout',
  '--graceful-timeout',
  '--keep-alive',
  '--max-requests',
  '--max-requests-jitter',
  '--worker-connections',
  '--backlog',
  '--log-level',
  '--access-logfile',
  '--access-logformat',
  '--limit-request-line',
  '--limit-request-fields',
  '--limit-request-field_size',
]);
const valued = new Set([...tuning, '-k', '--worker-class', '-c', '--config']);
const alone = new Set(['--preload', '--capture-output']);
