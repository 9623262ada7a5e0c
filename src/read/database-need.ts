import type { DatabaseParts, Profile, Variable } from '../model/profile.ts';

type Known = Pick<Profile, 'environment'> & Partial<Pick<Profile, 'database'>>;

/** A variable to be set, with the form that its value has. */
export type Proposed = Pick<Variable, 'name' | 'default'>;

/** Variables of the database server that the app can't reach without, and that nobody set: its URL, or all of its parts. */
export function missingDatabase(profile: Known, given: readonly string[]): readonly Proposed[] {
  const { database } = profile;
  if (database === null || database === undefined || database.kind === 'sqlite') return [];
  const isKnown = (name: string) =>
    given.includes(name) || profile.environment.find(each => each.name === name)?.default !== null;
  if (database.variable !== null && isKnown(database.variable)) return [];

  const needed = needs.flatMap(role => database.parts?.[role] ?? []);
  if (needed.length > 0 && needed.every(isKnown)) return [];
  if (needed.length > 0 && database.variable === null)
    return needed.filter(name => !isKnown(name)).map(name => ({ name, default: null }));
  return database.variable === null ? [] : [databaseUrl(database)];
}

/** What sets the database's address: its URL, else its host and port. */
export function databaseAddress({ database }: Partial<Pick<Profile, 'database'>>): readonly Proposed[] {
  if (database === null || database === undefined) return [];
  if (database.variable !== null) return [databaseUrl(database)];
  return (['host', 'port'] as const).flatMap(role => named(database.parts?.[role]));
}

/** A URL's form, by the kind of its server; null where it is not known. */
export function urlForm(kind: string): string | null {
  return forms[kind.toLowerCase()] ?? null;
}

function databaseUrl({ kind, variable }: NonNullable<Profile['database']>): Proposed {
  return { name: variable ?? '', default: urlForm(kind) };
}

function named(name: string | undefined): readonly Proposed[] {
  return name === undefined ? [] : [{ name, default: null }];
}

/** A port has a usual value everywhere. */
const needs: readonly (keyof DatabaseParts)[] = ['host', 'name', 'user', 'password'];

const forms: Readonly<Record<string, string>> = {
  postgresql: 'postgresql://USER:PASSWORD@HOST:5432/NAME',
  mysql: 'mysql://USER:PASSWORD@HOST:3306/NAME',
  redis: 'redis://HOST:6379/0',
  rabbitmq: 'amqp://USER:PASSWORD@HOST:5672//',
  mongodb: 'mongodb://HOST:27017/NAME',
};
