import { own } from '../base/own.ts';
import type { Deployment } from '../model/deployment.ts';
import { sharedLimit } from '../model/state.ts';

/** The command that makes the app's tables: whether a release runs it, and why, or why not. */
export interface InitCommand {
  readonly command: string;
  readonly runs: boolean;
  readonly why: string;
}

/**
 * An app's own init command runs by itself only where nothing can be lost: on a SQLite database that is not there yet or
 * has no tables. One that drops tables moreover only before anything was ever live, and only where nobody chose another
 * database; anything else is said and left to the person.
 */
export function initCommand(deployment: Deployment): InitCommand | null {
  const [init] = deployment.profile.initCommands;
  if (init === undefined || hasTables(deployment)) return null;

  const refusal = doubt(deployment) ?? (init.destructive ? destructionDoubt(deployment) : null);
  const why = init.destructive
    ? 'its database has no tables yet, so nothing can be lost'
    : 'its database has no tables yet';
  return { command: init.command, runs: refusal === null, why: refusal ?? why };
}

function hasTables({ state }: Deployment): boolean {
  return state.databases.some(({ tables }) => tables > 0);
}

function doubt({ profile, environment, state, copies }: Deployment): string | null {
  if (copies !== undefined && copies.length > 0) return 'state was copied, and a database may be in it';
  if (profile.database?.kind !== 'sqlite') return 'only an empty SQLite database is known to hold nothing';
  const { variable } = profile.database;
  const value = own(environment, variable ?? '');
  // What lies outside of the app is not looked into, and may be full.
  if (value !== undefined && !/^sqlite(\+\w+)?:\/\/\/(?!\/)/.test(value)) return `${variable} names another database`;
  if (!profile.state.some(({ database }) => database === true)) return 'where its database lies is not known';
  if (state.databases.some(({ tables }) => tables < 0)) return 'its database could not be read';
  return state.shared.length < sharedLimit ? null : 'there is too much in shared/ to be sure that no database is there';
}

function destructionDoubt({ profile, environment, state }: Deployment): string | null {
  if (state.live !== null || state.releases.length > 0) return 'it drops tables, and a release was live before';
  // Whatever the code's default is: a value may lead elsewhere, by a name that was not understood.
  if (Object.values(environment).some(value => /sqlite:|\.(?:db|sqlite3?)$/.test(value)))
    return 'it drops tables, and a variable names a database';
  return own(environment, profile.database?.variable ?? '') === undefined
    ? null
    : `it drops tables, and ${profile.database?.variable} names the database`;
}
