import type { Interpreter, Remedies } from '../model/deployment.ts';
import type { StepFailure } from '../model/event.ts';
import type { Install } from '../model/install.ts';
import { missed } from '../read/failures/tool-words.ts';
import { appTraceback, isOwn, tracebacks } from '../read/failures/traceback.ts';

/** What a failed attempt can be mended with, and what is said of it. */
export interface Remedy {
  readonly remedies: Remedies;
  readonly why: string;
}

export const noRemedies: Remedies = { additions: [], build: [], newest: null };

/**
 * The remedy for a failure that is no Python's fault alone: what old packages count on without saying so. Each is tried
 * once, and none that a package has refused (`misfits`). Null: none is known.
 */
export function remedyFor(
  failure: StepFailure & { readonly step: string },
  had: Remedies,
  misfits: readonly string[] = [],
): Remedy | null {
  const isBuild = /^build\.(?:install|site)/.test(failure.step);
  const isRun = importsApp(failure);
  const text = (failure.output ?? []).join('\n');
  const found = missed.find(
    ({ sign, at, wanted }) =>
      (at === 'build'
        ? isBuild && ![...had.build, ...misfits].includes(wanted)
        : isRun && !had.additions.includes(wanted)) && sign.test(text),
  );
  if (found === undefined) return null;

  const { wanted, at, why } = found;
  return {
    remedies:
      at === 'build' ? { ...had, build: [...had.build, wanted] } : { ...had, additions: [...had.additions, wanted] },
    why: `${wanted}${at === 'build' ? ' for the build' : ''}: ${why}`,
  };
}

/** Whether the step was one in which the app is imported. */
export function importsApp({ step }: { readonly step: string }): boolean {
  return step === 'gate.http' || step.startsWith('migrate.');
}

const year = 365 * 24 * 3600;

/** What is known of the source's age. Times are epoch seconds. */
export interface Age {
  readonly install: Pick<Install, 'files'>;
  readonly committedAt: number | null;
  readonly now: number;
}

/**
 * The packages of the last commit's day, for an app that is older than a year and has no lock, so that packages of its
 * packages come as they are today (strangers.md §2: "Old and unpinned"). Null where that is not so, or was tried.
 */
export function eraRemedy({ install, committedAt, now }: Age, had: Remedies): Remedy | null {
  if (isLocked(install) || committedAt === null || now - committedAt < year || had.newest !== null) return null;

  const newest = new Date((committedAt + 24 * 3600) * 1000).toISOString().slice(0, 10);
  return {
    remedies: { ...had, newest },
    why: `packages as they were on ${newest}, the day after the last commit: today's don't fit together`,
  };
}

/** A lock names every package, those of packages too. */
export function isLocked({ files }: Pick<Install, 'files'>): boolean {
  return files.some(path => /\.lock$/.test(path));
}

/** Whether the app, or a package of it, wants of another package what that has no more. */
export function isOutgrown(output: readonly string[], declared: Readonly<Record<string, string>>): boolean {
  const trace = appTraceback(output) ?? tracebacks(output)[0];
  const error = trace?.error[0] ?? '';
  if (/^ImportError: cannot import name .* from .*\(.*site-packages/.test(error)) return true;
  if (/^AttributeError: module '[\w.]+' has no attribute/.test(error)) return true;
  if (trace !== undefined && !trace.frames.some(isOwn)) return /^(?:Import|Attribute|Type|Runtime)Error\b/.test(error);

  const [, package_ = ''] = /^ModuleNotFoundError: No module named '(\w+)\.\w/.exec(error) ?? [];
  return Object.hasOwn(declared, package_.replaceAll('_', '-').toLowerCase());
}

/** When each Python came (devguide.python.org/versions). */
const births: Readonly<Record<string, string>> = {
  '3.6': '2016-12-23',
  '3.7': '2018-06-27',
  '3.8': '2019-10-14',
  '3.9': '2020-10-05',
  '3.10': '2021-10-04',
  '3.11': '2022-10-24',
  '3.12': '2023-10-02',
  '3.13': '2024-10-07',
  '3.14': '2025-10-07',
};

/** Of interpreters, the best first, those that were there on a day, and that know how to install as of a day. */
export function interpretersOf(newest: string, interpreters: readonly Interpreter[]): readonly Interpreter[] {
  const known = interpreters.filter(({ version }) => !version.startsWith('3.6.'));
  const then = known.filter(({ version }) => (births[version.split('.').slice(0, 2).join('.')] ?? newest) < newest);
  return then.length > 0 ? then : known.slice(-1);
}
