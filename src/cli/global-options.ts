import { posix } from 'node:path';
import { type Command, Option } from 'commander';
import { durationValue } from './input.ts';
import { usageError } from './usage-error.ts';
import type { World } from './world.ts';

/** What may stand before or after any command. */
export interface GlobalOptions {
  readonly target: string;
  readonly configFile?: string;
  readonly appName?: string;
  readonly cwd: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly yes: boolean;
  readonly input: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly timeoutSeconds?: number;
}

/** The options' own words, for the help and the reference. */
export const globalOptions: readonly (readonly [flags: string, summary: string])[] = [
  ['-t, --target <name>', 'the target (default: local; DECANT_TARGET)'],
  ['-a, --app <name>', 'the app, where the folder does not tell (DECANT_APP)'],
  ['-c, --config <file>', 'read this instead of decant.yaml (DECANT_CONFIG)'],
  ['-C <dir>', 'work in this folder'],
  ['--json', 'print the answer as JSON'],
  ['-q, --quiet', 'say nothing but warnings and the answer'],
  ['-v, --verbose', 'show the output of every step'],
  ['-y, --yes', 'answer yes to every question'],
  ['--no-input', 'never ask'],
  ['--color <when>', 'in colour or not'],
  ['--no-color', 'the same as --color never'],
  ['--timeout <duration>', 'how long a release may take to answer (default: 60s)'],
];

export const globalGroup = 'Global options:';

/** Adds them to a command. */
export function addGlobalOptions(command: Command): void {
  for (const [flags, summary] of globalOptions) {
    const option = new Option(flags, summary);
    if (flags.startsWith('--color')) option.choices(['auto', 'always', 'never']);
    if (flags.startsWith('--timeout')) option.argParser(durationValue);
    if (flags.startsWith('--no-')) option.default(undefined);
    command.addOption(option.helpGroup(globalGroup));
  }
}

/** The settings out of what commander parsed at each level; the nearest to the command wins. */
export function settings(values: Readonly<Record<string, unknown>>, world: World): GlobalOptions {
  const { environment } = world;
  const text = (name: string, variable: string): string | undefined => {
    const value = values[name] ?? environment[variable];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const configFile = text('config', 'DECANT_CONFIG');
  const appName = text('app', 'DECANT_APP');
  const cwd = typeof values.C === 'string' ? posix.resolve(world.cwd, values.C) : world.cwd;
  if (!world.isFolder(cwd)) throw usageError(`There is no folder ${cwd}`, [], ['given with -C']);
  return {
    target: text('target', 'DECANT_TARGET') ?? 'local',
    ...(configFile === undefined ? {} : { configFile: posix.resolve(cwd, configFile) }),
    ...(appName === undefined ? {} : { appName }),
    cwd,
    json: values.json === true,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    yes: values.yes === true,
    input: values.input !== false && !environment.CI && world.isTTY.stdin && world.isTTY.stderr,
    color: colorChoice(values.color),
    ...(typeof values.timeout === 'number' ? { timeoutSeconds: values.timeout } : {}),
  };
}

function colorChoice(value: unknown): GlobalOptions['color'] {
  if (value === false) return 'never';
  return value === 'always' || value === 'never' ? value : 'auto';
}
