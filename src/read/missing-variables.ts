import type { Profile, Variable } from '../model/profile.ts';
import { configSet } from './failures/config-set.ts';

/** Variables that the app can't do without, and that nobody has set. */
export function missingVariables({ environment }: Pick<Profile, 'environment'>, given: readonly string[]): Variable[] {
  return environment.filter(({ name, required }) => required && !given.includes(name));
}

/** One sentence about them with the command that sets them; null: all are there. It refuses nothing: the import does. */
export function missingWarning(
  profile: Pick<Profile, 'environment'>,
  about: {
    readonly given: readonly string[];
    readonly app: string;
    readonly target: string;
    /** Words for the end of the command, where the name alone does not tell the app. */
    readonly after: string;
  },
): string | null {
  const missing = missingVariables(profile, about.given);
  if (missing.length === 0) return null;

  const found = missing.map(({ name, source }) => `${name} (${source})`).join(', ');
  const command = configSet(about, missing);
  return `The app needs what is not set: ${found}. Set it with  ${command}${about.after}`;
}
