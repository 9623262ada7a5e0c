import type { Context } from '../act/context.ts';
import type { Input } from './input.ts';

/** The chapters of `decant --help`, in their order. */
export const groups = ['Go live', 'Releases', 'Operate', 'Settings', 'This machine', 'Other'] as const;

export interface Argument {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
}

export interface Option {
  /** As commander reads it: "-f, --follow" or "--since <when>". */
  readonly flags: string;
  readonly summary: string;
  /** flag: true or false · number: a whole one · duration: seconds ("90s", "10m") · release: "v12" */
  readonly kind: 'flag' | 'text' | 'number' | 'duration' | 'release';
}

/** One command as data: cheap to import, because `--help` imports them all. `run` imports what it needs. */
export interface Command {
  readonly name: string;
  readonly group: (typeof groups)[number];
  /** Stands before the others of its group. */
  readonly first?: boolean;
  /** One line, imperative, no full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  readonly subcommands?: readonly Subcommand[];
  readonly aliases?: readonly string[];
  /** Everything after the first argument belongs to that command, options too. */
  readonly passThrough?: boolean;
  /** With `--json`: events as they come and the result last, instead of one object. */
  readonly streams?: boolean;
  /** Ctrl-C: cancel asks the runner to take back · exit ends decant at once · child leaves it to the command that runs. Default: exit. */
  readonly interrupt?: 'cancel' | 'exit' | 'child';
  /** The flag with which the command stays until a signal: that is its end then, and no cancel. */
  readonly stays?: string;
  /** Loads the flow, runs it, prints its answer; the exit code. */
  readonly run: (context: Context, input: Input) => Promise<number>;
}

export type Subcommand = Omit<Command, 'group' | 'subcommands' | 'examples'> & {
  readonly examples?: Command['examples'];
};

/** Types a command's data; nothing else. */
export function defineCommand(command: Command): Command {
  return command;
}
