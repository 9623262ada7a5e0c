import { compare, satisfies } from '@renovatebot/pep440';
import type { Interpreter, Remedies } from '../model/deployment.ts';
import type { StepFailure } from '../model/event.ts';
import type { Phase } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import { explainedFailure } from '../read/failures/explain.ts';
import { othersFault, outsideErrors, removedModules } from '../read/failures/tool-words.ts';
import { appTraceback, isOwn, packagesTraceback, type Traceback, tracebacks } from '../read/failures/traceback.ts';
import {
  type Age,
  eraRemedy,
  importsApp,
  interpretersOf,
  isLocked,
  isOutgrown,
  noRemedies,
  type Remedy,
  remedyFor,
} from './remedies.ts';

/** What is tried: the app, and how old it is. */
export interface Subject extends Age {
  readonly profile: Profile;
  readonly install: Age['install'] & { readonly declared: Readonly<Record<string, string>> };
}

/** One try of a plan on an interpreter, and how it ended. */
export interface Attempt {
  readonly python: Interpreter;
  readonly remedies: Remedies;
  readonly failure: StepFailure & { readonly step: string };
}

/** The next interpreter to try, and with what; or why there is none. */
export type NextAttempt =
  | {
      readonly kind: 'try';
      readonly python: Interpreter;
      readonly why: string;
      readonly remedies: Remedies;
      /** Why this remedy, where the attempt brings a new one. */
      readonly remedy: string | null;
    }
  /** No interpreter on the host fits what the app declares. */
  | { readonly kind: 'none'; readonly requires: string | null; readonly found: readonly string[] }
  /** The last failure would be the same on another interpreter. */
  | { readonly kind: 'stop' };

/**
 * Python by evidence, stepping down (design.md §1; strangers.md §2): what the app declares, else the newest; when an
 * installation, or the import of a dependency, fails there, first what old packages are known to miss, then the packages
 * of the app's own time, then the next lower Python that is allowed.
 */
export function nextAttempt(
  subject: Subject,
  interpreters: readonly Interpreter[],
  attempts: readonly Attempt[],
): NextAttempt {
  const { profile } = subject;
  const last = attempts.at(-1);
  const allowed = allowedInterpreters(profile, interpreters);
  const misfits = attempts.flatMap(misfitsOf);
  const mended = last === undefined ? null : (mendedWith(last, misfits) ?? ofItsTime(subject, last, allowed));
  if (mended !== null) return mended;
  if (last !== undefined && misfitsOf(last).length === 0 && !isPythonsFault(subject, last)) return { kind: 'stop' };

  const next = allowed.find(python => last === undefined || isLower(python, last.python));
  const remedies = without(last?.remedies ?? noRemedies, misfits);
  if (next !== undefined) return { kind: 'try', python: next, why: reason(profile, attempts), remedies, remedy: null };
  if (last !== undefined) return { kind: 'stop' };
  return {
    kind: 'none',
    requires: profile.python.requires,
    found: newestFirst(interpreters).map(python => python.version),
  };
}

/** Build tools of our own choice that a package refuses in the resolver's words: the cause is not in the person's pins. */
function misfitsOf({ failure, remedies }: Attempt): readonly string[] {
  const text = (failure.output ?? []).join('\n');
  return failure.step.startsWith('build.')
    ? remedies.build.filter(each => ['require', 'and'].some(word => text.includes(`${word} ${each}`)))
    : [];
}

function without(remedies: Remedies, misfits: readonly string[]): Remedies {
  return { ...remedies, build: remedies.build.filter(each => !misfits.includes(each)) };
}

function mendedWith({ failure, python, remedies }: Attempt, misfits: readonly string[]): NextAttempt | null {
  const remedy = remedyFor(failure, remedies, misfits);
  return remedy === null ? null : again(python, remedy);
}

/** uv installs as of a day; the pip of an older Python can't. */
function ofItsTime(subject: Subject, last: Attempt, allowed: readonly Interpreter[]): NextAttempt | null {
  const lines = last.failure.output ?? [];
  const isTheirs = isOutgrown(lines, subject.install.declared) || isMuteByPackages(subject, last);
  if (!importsApp(last.failure) || !(isTheirs || isPythonsFault(subject, last))) return null;

  const remedy = eraRemedy(subject, last.remedies);
  const [python] = remedy?.remedies.newest == null ? [] : interpretersOf(remedy.remedies.newest, allowed);
  return remedy === null || python === undefined ? null : again(python, remedy);
}

function again(python: Interpreter, { remedies, why }: Remedy): NextAttempt {
  return { kind: 'try', python, why: 'with a remedy', remedies, remedy: why };
}

/** Interpreters that the app's declaration allows, best first. */
export function allowedInterpreters(profile: Profile, interpreters: readonly Interpreter[]): Interpreter[] {
  const { requires } = profile.python;
  const ordered = newestFirst(interpreters);
  if (requires === null) return ordered.filter(python => compare(python.version, '3.6') >= 0);

  const exact = ordered.filter(python => satisfies(python.version, requires));
  if (exact.length > 0) return exact;

  // A patch level that is not here: the same minor version serves (3.11.4 declared, 3.11.7 found).
  const patch = /^={2,3}\s*(\d+\.\d+)\.\d+$/.exec(requires)?.[1];
  return patch === undefined ? [] : ordered.filter(python => minor(python) === patch);
}

function newestFirst(interpreters: readonly Interpreter[]): Interpreter[] {
  return [...interpreters].sort((a, b) => compare(b.version, a.version));
}

function minor(python: Interpreter): string {
  return python.version.split('.').slice(0, 2).join('.');
}

/** Another patch level of the same minor version would fail alike. */
function isLower(python: Interpreter, other: Interpreter): boolean {
  return minor(python) !== minor(other) && compare(python.version, other.version) < 0;
}

function reason(profile: Profile, attempts: readonly Attempt[]): string {
  const last = attempts.at(-1);
  if (last !== undefined) return `${last.python.version} failed at ${last.failure.step}`;
  return profile.python.requires === null
    ? 'the newest one here'
    : `${profile.python.requires} (${profile.python.source ?? 'declared'})`;
}

/** Whether a lower Python may help: an installation failed on its own, or a dependency (not the app) failed at import. */
function isPythonsFault({ profile, install }: Subject, attempt: Attempt): boolean {
  const { failure } = attempt;
  const lines = failure.output ?? [];
  if (/^build\.(?:install|install-server|site|venv-make)$/.test(failure.step))
    return failure.reason === 'exit' && !othersFault.test(lines.join('\n')) && mayDiffer(profile, attempt);
  if (!importsApp(failure)) return false;

  const trace = appTraceback(lines) ?? tracebacks(lines)[0];
  const raising = trace?.frames.findLast(frame => !frame.file.startsWith('<frozen'))?.file;
  const error = trace?.error[0] ?? '';
  if (trace === undefined || raising === undefined || !isDependency(raising) || !isOfAnImport(trace)) return false;

  // Two packages that don't fit each other: with a lock they are the same two on every Python.
  if (isLocked(install) && /^ImportError: cannot import name .* from .*site-packages/.test(error)) return false;

  const missing = /^ModuleNotFoundError: No module named '?([a-z_]+)/.exec(error)?.[1];
  return missing === undefined
    ? /^(?:ImportError|AttributeError|SyntaxError|TypeError|RuntimeError)\b/.test(error)
    : removedModules.has(missing);
}

/** The process lives, nothing answers, and what went wrong last went wrong among packages, with no one else to blame. */
function isMuteByPackages({ profile }: Subject, attempt: Attempt): boolean {
  const error = packagesTraceback(attempt.failure.output ?? [])?.error[0];
  if (attempt.failure.reason !== 'deadline' || error === undefined) return false;
  if (outsideErrors.test(error)) return false;
  return causeOf(profile, attempt, 'gate') === 'gate-timeout';
}

/** What is known to be wrong with the requirements themselves is wrong on every Python. */
function mayDiffer(profile: Profile, attempt: Attempt): boolean {
  const code = causeOf(profile, attempt, 'build');
  return ['unknown', 'build-failed', 'build-tools-missing', 'no-python-fits'].includes(code);
}

function causeOf(profile: Profile, { failure, python }: Attempt, phase: Phase): string {
  return explainedFailure({
    ...failure,
    phase,
    output: failure.output ?? [],
    profile,
    environmentNames: [],
    app: profile.app,
    target: 'local',
    python: python.version,
  }).code;
}

/** Whether it happened while something of others was being imported, and not while the app called it. */
function isOfAnImport({ frames }: Traceback): boolean {
  const own = frames.findLastIndex(isOwn);
  const source = frames[own]?.source[0]?.trim() ?? '';
  return /^(?:import|from)\s/.test(source) || frames.slice(own + 1).some(({ file }) => /^<frozen importlib/.test(file));
}

function isDependency(path: string): boolean {
  return path.includes('/site-packages/') || path.includes('/lib/python');
}
