import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds `completion SHELL`, which prints the script, and `complete -- WORDS`, which the script calls at each Tab. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
}
