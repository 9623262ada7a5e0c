import { Argument, Command as Program, Option as ProgramOption } from 'commander';
import { nearest } from '../base/nearest.ts';
import { type Command, groups, type Option, type Subcommand } from './command.ts';
import { addGlobalOptions, globalGroup } from './global-options.ts';
import { durationValue, numberValue, releaseValue } from './input.ts';
import { usageError } from './usage-error.ts';

/** What the person asked for: a command and everything given to it. */
export interface Chosen {
  readonly command: Subcommand | Command;
  readonly values: Readonly<Record<string, unknown>>;
}

const examples = [
  ['decant up', 'bring the app in this folder live'],
  ['decant up examples/hello', 'or the one in that folder'],
  ['decant rollback', 'go back to the release before'],
] as const;

/** The command line as commander knows it; `choose` is called once with what was asked for. */
export function program(
  commands: readonly Command[],
  version: string,
  write: (text: string) => void,
  choose: (chosen: Chosen) => void,
): Program {
  const root = new Program('decant')
    .description('Take a Flask app from git to production, and keep it there.')
    .usage('[options] COMMAND')
    .optionsGroup(globalGroup)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ visibleOptions: ownOptions, subcommandTerm: each => each.name() })
    .addHelpText(
      'after',
      `${exampleText(examples)}\nMore: decant COMMAND --help, decant help exit-codes | environment | files`,
    );
  addGlobalOptions(root);
  for (const group of groups) {
    const members = commands.filter(each => each.group === group);
    const ordered = [...members.filter(each => each.first), ...members.filter(each => !each.first)];
    for (const command of ordered) addCommand(root, command, group, choose);
  }
  root.action(() => root.outputHelp());
  root.allowExcessArguments(true).argument('[command]');
  root.hook('preAction', (_, acting) => {
    if (acting === root && root.args.length > 0)
      throw unknownCommand(
        root.args[0] ?? '',
        commands.map(each => each.name),
        'decant',
      );
  });
  root.configureHelp({
    ...root.configureHelp(),
    visibleArguments: each => (each === root ? [] : [...each.registeredArguments]),
  });
  return root;
}

function addCommand(
  parent: Program,
  command: Command | Subcommand,
  group: string | undefined,
  choose: (chosen: Chosen) => void,
): void {
  const made = parent
    .command(command.name)
    .summary(command.summary)
    .description(command.description ?? command.summary);
  if (group !== undefined) made.helpGroup(`${group}:`);
  for (const alias of command.aliases ?? []) made.alias(alias);
  for (const each of command.arguments ?? []) made.addArgument(argument(each));
  for (const each of command.options ?? []) made.addOption(option(each));
  addGlobalOptions(made);
  made.helpOption('-h, --help', 'print help').allowExcessArguments(false);
  if (command.passThrough) made.passThroughOptions();
  if (command.examples !== undefined && command.examples.length > 0)
    made.addHelpText('before', exampleText(command.examples));
  const subcommands = 'subcommands' in command ? (command.subcommands ?? []) : [];
  for (const each of subcommands) addCommand(made, each, undefined, choose);
  if (subcommands.length > 0) refuseUnknownSubcommands(made, command, subcommands);
  made.action(() => choose({ command, values: valuesOf(made) }));
}

function refuseUnknownSubcommands(
  made: Program,
  command: Command | Subcommand,
  subcommands: readonly Subcommand[],
): void {
  made.enablePositionalOptions().allowExcessArguments(true);
  made.hook('preAction', (_, acting) => {
    const extra = acting === made ? acting.args[command.arguments?.length ?? 0] : undefined;
    if (extra !== undefined)
      throw unknownCommand(
        extra,
        subcommands.map(each => each.name),
        `decant ${command.name}`,
      );
  });
}

/** The error for a word that is no command; the nearest one is named. */
function unknownCommand(word: string, names: readonly string[], before: string): Error {
  const meant = nearest(word, names);
  const next = meant === undefined ? [`${before} --help`] : [`${before} ${meant}`];
  return usageError(
    `There is no command "${before} ${word}"${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    next,
  );
}

/** Arguments by name, then options: the command's own win over those given before it. */
function valuesOf(command: Program): Record<string, unknown> {
  const above = command.parent === null ? {} : valuesOf(command.parent);
  const defined = Object.entries(command.opts()).filter(([, value]) => value !== undefined);
  const words = command.registeredArguments.map((each, at) => [each.name(), command.processedArgs[at]] as const);
  return { ...above, ...Object.fromEntries(defined), ...Object.fromEntries(words) };
}

function argument(each: NonNullable<Command['arguments']>[number]): Argument {
  const name = `${each.name}${each.variadic ? '...' : ''}`;
  const made = new Argument(each.required ? `<${name}>` : `[${name}]`, each.summary);
  return each.choices === undefined ? made : made.choices([...each.choices]);
}

function option(each: Option): ProgramOption {
  const made = new ProgramOption(each.flags, each.summary);
  if (each.kind === 'number') return made.argParser(numberValue);
  if (each.kind === 'duration') return made.argParser(durationValue);
  return each.kind === 'release' ? made.argParser(releaseValue) : made;
}

/** A command's help shows its own options; the global ones stand in `decant --help`. */
function ownOptions(command: Program): ProgramOption[] {
  const all = command.options.filter(each => !each.hidden);
  const own = command.parent === null ? all : all.filter(each => each.helpGroupHeading !== globalGroup);
  const help = new ProgramOption('-h, --help', 'print help');
  return command.parent === null ? [...own, help.helpGroup(globalGroup)] : [...own, help];
}

function exampleText(lines: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...lines.map(([line]) => line.length));
  return `\nExamples:\n${lines.map(([line, meaning]) => `  ${line.padEnd(widest)}  ${meaning}\n`).join('')}`;
}
