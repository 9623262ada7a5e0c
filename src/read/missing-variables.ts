import type { Profile, Variable } from '../model/profile.ts';
import { missingDatabase } from './database-need.ts';
import { databaseNames, databaseParts } from './detect/database-parts.ts';
import { configSet } from './failures/config-set.ts';

type Known = Pick<Profile, 'environment'> & Partial<Pick<Profile, 'database'>>;

/** Variables that the app can't do without, and that nobody has set; with those of its database. */
export function missingVariables(profile: Known, given: readonly string[]): Variable[] {
  const unset = profile.environment.filter(({ name }) => !given.includes(name));
  const required = unset.filter(each => each.required).map(({ name }) => name);
  const database = isAnotherDatabase(profile, required) ? [] : missingDatabase(profile, given);
  return unset.flatMap(variable => {
    const form = database.find(({ name }) => name === variable.name);
    if (!variable.required && form === undefined) return [];
    return [{ ...variable, default: form?.default ?? (variable.secret ? null : variable.default) }];
  });
}

/** What the code insists on may be the parts of one database, and those that it would do without of another one. */
function isAnotherDatabase({ database }: Known, required: readonly string[]): boolean {
  const names = databaseNames(required);
  const own = [database?.variable, ...Object.values(database?.parts ?? {})];
  return databaseParts(names) !== undefined && !names.some(name => own.includes(name));
}

/** One sentence about them with the command that sets them; null: all are there. It refuses nothing: the import does. */
export function missingWarning(
  profile: Known,
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

/** One sentence about variables that the code hands on without a default, and that nobody has set; null: there are none. */
export function unhandledWarning(
  profile: Known,
  about: { readonly given: readonly string[]; readonly app: string; readonly target: string },
): string | null {
  const needed = missingVariables(profile, about.given);
  const found = profile.environment.filter(
    ({ name, unhandled }) =>
      unhandled === true && !about.given.includes(name) && !needed.some(each => each.name === name),
  );
  if (found.length === 0) return null;

  const names = found.map(({ name, source }) => `${name} (${source})`).join(', ');
  return `read without a default, not set: ${names}; if a page needs it:  ${configSet(about, found)}`;
}
