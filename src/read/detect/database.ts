import type { Place, Profile, Variable } from '../../model/profile.ts';
import { type App, isDeclared } from './app.ts';
import type { Claim } from './claim.ts';
import { databaseNames, databaseParts, isUrlName } from './database-parts.ts';
import { all as sources } from './databases/_all.gen.ts';

export type DatabaseKind = NonNullable<Profile['database']>['kind'];

/** What one place says of the database. */
export interface DatabaseFinding {
  /** The URL or engine that is used when nobody says otherwise. */
  readonly url: string | undefined;
  readonly variable: string | undefined;
  /** All variables of the place; several may be the parts of one address. */
  readonly variables?: readonly string[];
  readonly evidence: Place;
}

/** One way to name a database. A file in `databases/` with such a default export is all it takes. */
export interface DatabaseSource {
  readonly name: string;
  /** The higher one is asked first. */
  readonly trust: number;
  findings(app: App): readonly DatabaseFinding[];
}

/** The database that the app keeps its data in: the default that the code names, else what its drivers are for. */
export function databaseClaim(app: App, environment: readonly Variable[]): Claim<Profile['database']> {
  const found = sources
    .toSorted((a: DatabaseSource, b: DatabaseSource) => b.trust - a.trust)
    .flatMap(source => source.findings(app));
  const best = found.find(isTold) ?? found[0];
  if (best === undefined) return { value: driven(app, environment) };

  const kind = kindOf(best.url) ?? driverKind(app);
  const named = variablesOf(kind, best, environment);
  const isFast = named.variable === null && named.parts === undefined && (best.variables ?? []).length === 0;
  const server = isFast ? serverIn(best.url) : undefined;
  return { value: { kind, ...named, ...(server === undefined ? {} : { server }) }, evidence: best.evidence };
}

/** The scheme and the host of a URL that is written out. */
function serverIn(url: string | undefined): string | undefined {
  const [, scheme, host] =
    /^([a-z][a-z0-9]*)(?:\+\w+)?:\/\/(?:[^@/]*@)?([\w.-]+(?::\d+)?)(?:[/?]|$)/.exec(url ?? '') ?? [];
  return host === undefined ? undefined : `${scheme}://${host}`;
}

function variablesOf(
  kind: DatabaseKind,
  { variable, variables = [] }: DatabaseFinding,
  environment: readonly Variable[],
): Pick<NonNullable<Profile['database']>, 'variable' | 'parts'> {
  if (kind === 'sqlite') return { variable: variable ?? null };
  const read = variables.length > 0 || variable !== undefined;
  const url = read ? (variables.find(isUrlName) ?? null) : urlVariable(environment);
  const names = read ? variables : databaseNames(environment.map(({ name }) => name));
  const parts = databaseParts(names);
  if (parts === undefined) return { variable: variable ?? url ?? null };
  return { variable: url ?? null, parts };
}

/** Where no code names the database (a file that git ignores does), an ORM and one driver beside it tell the kind. */
function driven(app: App, environment: readonly Variable[]): Profile['database'] {
  const kind = isDeclared(app, 'flask-sqlalchemy', 'sqlalchemy', 'sqlmodel') ? driverKind(app) : 'other';
  return kind === 'other' ? null : { kind, variable: urlVariable(environment) ?? null };
}

/** A URL that begins with an unknown part (`"{}://…".format(engine, …)`) says nothing where another one does. */
function isTold({ url, variable }: DatabaseFinding): boolean {
  return url === undefined ? variable !== undefined : kindOf(url) !== undefined;
}

/** Read through a settings object, the variable's usual name tells. */
function urlVariable(environment: readonly Variable[]): string | undefined {
  return environment
    .map(({ name }) => name)
    .find(name => /(^|_)(DATABASE|DB|POSTGRES|POSTGRESQL|MYSQL)_(\w+_)?(UR[IL]|DSN)$/.test(name));
}

/** The kind that a URL's scheme or an engine's name says; undefined without either. */
export function kindOf(url: string | undefined): DatabaseKind | undefined {
  if (url === undefined || /^($|:\/\/|\{\})/.test(url)) return undefined;
  if (/^(file:)?(sqlite|.*\.(db|sqlite3?)$)|sqlite3$|^:memory:/i.test(url)) return 'sqlite';
  if (/postg|psycopg|postgis/i.test(url)) return 'postgresql';
  return /mysql|mariadb/i.test(url) ? 'mysql' : 'other';
}

function driverKind(app: App): DatabaseKind {
  if (isDeclared(app, 'psycopg2', 'psycopg2-binary', 'psycopg', 'psycopg-binary', 'asyncpg', 'pg8000'))
    return 'postgresql';
  return isDeclared(app, 'pymysql', 'mysqlclient', 'mysql-connector-python', 'flask-mysqldb', 'aiomysql', 'asyncmy')
    ? 'mysql'
    : 'other';
}
