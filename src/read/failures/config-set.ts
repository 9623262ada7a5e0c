import type { FailureContext } from './failure.ts';

/** The one command that sets these variables for this app: "decant config set A=… B=… -a shop". */
export function configSet(context: Pick<FailureContext, 'app' | 'target'>, names: readonly string[]): string {
  const target = context.target === 'local' ? [] : ['-t', context.target];
  return ['decant config set', ...names.map(name => `${name}=…`), '-a', context.app, ...target].join(' ');
}
