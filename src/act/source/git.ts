import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutCredentials } from '../../base/credentials.ts';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { type CommandOptions, type Outcome, runCommand } from '../host/command.ts';
import { notBegun } from '../trouble.ts';

/** Settings of the person that would change bytes, ask questions or run hooks are out of the way. */
const quiet = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
};

/** git's answer, trimmed; throws with git's own words when it refuses. */
export async function git(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const outcome = await gitOutcome(words, options);
  if (outcome.status !== 0) throw gitError(words, outcome.stderr);

  return outcome.stdout.toString().trim();
}

/** Settings that keep the filters of a repository's own settings from running: they are programs too. */
export async function withoutFilters({
  top,
  gitDir,
}: {
  readonly top: string;
  readonly gitDir: string;
}): Promise<string[]> {
  const text = await readFile(join(gitDir, 'config'), 'utf8').catch(() => '');
  if (!/filter|include/i.test(text)) return [];

  const listed = await gitAnswer([
    '-C',
    top,
    'config',
    '--local',
    '--includes',
    '--name-only',
    '--get-regexp',
    '^filter\\.',
  ]);
  const names = new Set((listed ?? '').split('\n').flatMap(line => /^filter\.(.+)\.\w+$/.exec(line)?.[1] ?? []));

  return [...names].flatMap(name =>
    ['clean=', 'process=', 'required=false'].flatMap(setting => ['-c', `filter.${name}.${setting}`]),
  );
}

/** git's answer, or undefined when it refuses. */
export async function gitAnswer(words: readonly string[], options: CommandOptions = {}): Promise<string | undefined> {
  const outcome = await gitOutcome(words, options);
  return outcome.status === 0 ? outcome.stdout.toString().trim() : undefined;
}

/** A repository's own settings may name programs to run, and change what is answered: it may be anybody's. */
const settings = [
  'core.quotePath=false',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'log.showSignature=false',
  'status.showUntrackedFiles=normal',
];

async function gitOutcome(words: readonly string[], options: CommandOptions): Promise<Outcome> {
  const outcome = await runCommand(['git', ...settings.flatMap(setting => ['-c', setting]), ...words], {
    ...options,
    env: { ...process.env, ...cleared, ...quiet, ...options.env },
  });
  if (options.signal?.aborted === true) throw notBegun();

  return outcome;
}

/** A git hook or an alias that runs decant leaves these behind; they would point git at the wrong repository. */
const cleared = Object.fromEntries(
  [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'GIT_PREFIX',
  ].map(name => [name, undefined]),
);

function gitError(words: readonly string[], stderr: string): DecantError {
  const missing = /ENOENT/.test(stderr);
  const command = commandOf(words);

  return new DecantError(exitCodes.person, {
    code: missing ? 'git-missing' : 'git-refused',
    what: missing ? 'git is not installed.' : `git ${command} refused.`,
    evidence: withoutCredentials(stderr).trim().split('\n').slice(-5),
    state: 'Nothing was changed.',
    next: [missing ? 'sudo apt install git' : 'correct what git says, then run the same command again'],
  });
}

/** git's command, after its own options: `-c` and `-C` have a value. */
function commandOf(words: readonly string[]): string {
  return words.find((word, at) => !word.startsWith('-') && !/^-c$/i.test(words[at - 1] ?? '')) ?? '';
}
