import { CommanderError, type Command as Program } from 'commander';
import { DecantError, exitCodes } from '../base/errors.ts';
import { all } from './commands/_all.gen.ts';
import { bug, type Manner, printFailure } from './failure.ts';
import { settings } from './global-options.ts';
import { withHabits } from './habits.ts';
import { input } from './input.ts';
import { openSession } from './make-context.ts';
import { type Chosen, program } from './program.ts';
import { usageError } from './usage-error.ts';
import type { World } from './world.ts';

/** Runs one command line and answers its exit code. Everything that is thrown ends here. */
export async function main(given: readonly string[], world: World): Promise<number> {
  const argv = withHabits(
    given,
    all.map(each => each.name),
  );
  try {
    if (world.platform === 'win32') throw windowsRefusal();
    if (argv[0] === 'complete' || argv[0] === 'completion') return await completion(argv, world);
    const chosen = choice(argv, world);
    return chosen === undefined ? exitCodes.ok : await perform(chosen, world);
  } catch (error) {
    const known = error instanceof DecantError ? error : bug(error, world, commandWords(argv));
    return printFailure(known, world, mannerOf(argv));
  }
}

/** What was asked for; undefined when it was help or the version, which are printed by now. */
function choice(argv: readonly string[], world: World): Chosen | undefined {
  let chosen: Chosen | undefined;
  const root = program(all, world.version, world.stdout, made => {
    chosen = made;
  });
  parse(root, argv);
  return chosen;
}

/** Lets commander read the words; its own errors become ours. Help and version count as read. */
function parse(root: Program, argv: readonly string[]): void {
  try {
    root.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageFrom(error, argv);
  }
}

async function perform(chosen: Chosen, world: World): Promise<number> {
  const session = await openSession(world, settings(chosen.values, world), chosen.command);
  const { interrupt, stays } = chosen.command;
  const given = input(chosen.values);
  try {
    const code = await chosen.command.run(session.context, given);
    // Cancelled too late: what was asked for is done all the same, and whoever scripts it is told.
    const isLate =
      session.context.signal.aborted && interrupt === 'cancel' && !(stays !== undefined && given.flag(stays));
    if (!isLate || code !== exitCodes.ok) return code;

    const text = 'It was too late to cancel: what was begun is finished.';
    if (!session.context.json) session.context.report({ type: 'note', level: 'warning', text });
    return exitCodes.interrupted;
  } finally {
    session.end();
  }
}

async function completion(argv: readonly string[], world: World): Promise<number> {
  const { addCompletion } = await import('./completion.ts');
  const others = all.filter(each => each.name !== 'completion');
  const root = program(others, world.version, world.stdout, () => {});
  addCompletion(root);
  parse(root, argv);
  return exitCodes.ok;
}

/** Commander's words: "error: unknown option '--jsn'\n(Did you mean --json?)". */
function usageFrom(error: CommanderError, argv: readonly string[]): DecantError {
  const [first, ...evidence] = error.message.replace(/^error: /, '').split('\n');
  const what = `${(first ?? '').charAt(0).toUpperCase()}${(first ?? '').slice(1)}`;
  const command = all.find(each => each.name === argv[0])?.name;
  return usageError(what, [command === undefined ? 'decant --help' : `decant ${command} --help`], evidence);
}

function windowsRefusal(): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'windows',
    what: 'decant does not run on Windows itself',
    evidence: [],
    state: 'Nothing was done.',
    next: ['install WSL (wsl --install), open Ubuntu there, and run decant inside it'],
  });
}

/** The command's own words, without values: what may stand in an issue. */
function commandWords(argv: readonly string[]): string {
  return argv
    .slice(0, 2)
    .filter(word => /^[a-z-]+$/.test(word))
    .join(' ');
}

/** How a failure is to be printed, read from the raw words: it may be these words that were wrong. */
function mannerOf(argv: readonly string[]): Manner {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const when = own.includes('--no-color') ? 'never' : own[own.indexOf('--color') + 1];
  return { json: own.includes('--json'), color: when === 'never' || when === 'always' ? when : 'auto' };
}
