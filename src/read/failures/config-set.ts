import { pastedWord } from '../../base/words.ts';
import type { Variable } from '../../model/profile.ts';
import type { FailureContext } from './failure.ts';

/** A variable by its name; of a whole one, the value that a file of the repository proposes is known. */
export type Settable = string | Pick<Variable, 'name' | 'default'>;

/** The one command that sets these variables for this app: "decant config set A=… B=production -a shop". */
export function configSet(context: Pick<FailureContext, 'app' | 'target'>, variables: readonly Settable[]): string {
  const target = context.target === 'local' ? [] : ['-t', context.target];
  return ['decant config set', ...variables.map(assignment), '-a', context.app, ...target].join(' ');
}

function assignment(variable: Settable): string {
  const { name, default: proposed } = typeof variable === 'string' ? { name: variable, default: null } : variable;
  return proposed === null ? `${pastedWord(name)}=…` : pastedWord(`${name}=${proposed}`);
}
