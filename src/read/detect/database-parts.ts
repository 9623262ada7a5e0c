import type { DatabaseParts } from '../../model/profile.ts';

/**
 * Variables that name a database by parts (DBHOST, DB_USER, POSTGRES_DB…), by what each ends with. Undefined where fewer than
 * two parts are there: then nothing shows that it is the database's.
 */
export function databaseParts(names: readonly string[]): DatabaseParts | undefined {
  const found = Object.entries(roles).flatMap(([role, ending]) => {
    const name = names.find(each => ending.test(each) && !isUrlName(each));
    return name === undefined ? [] : [[role, name] as const];
  });
  const distinct = found.filter(([, name], at) => found.findIndex(other => other[1] === name) === at);
  return distinct.length < 2 ? undefined : Object.fromEntries(distinct);
}

/** Of all variables of an app, those whose names begin like a database's. */
export function databaseNames(names: readonly string[]): readonly string[] {
  return names.filter(name =>
    /^(\w+_)?(DB|DATABASE|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|RDS)(?=_|HOST|PORT|USER|PASS|NAME)/.test(name),
  );
}

export function isUrlName(name: string): boolean {
  return /(^|_)(UR[IL]|DSN)$|CONNECTION_?STRING$/.test(name);
}

/** Host and port before the others: DB_HOST is no name, MYSQL_DATABASE_USER no database. */
const roles: Readonly<Record<keyof DatabaseParts, RegExp>> = {
  host: /(HOST|HOSTNAME|SERVER|ENDPOINT|ADDR|ADDRESS)$/,
  port: /PORT$/,
  user: /(USER|USERNAME|USER_NAME|LOGIN)$/,
  password: /(PASS|PASSWORD|PASSWD|PWD)$/,
  name: /(DBNAME|DB_NAME|DATABASE_NAME|(?<!USER_?|HOST_?)NAME|DATABASE|(^|_)DB|SCHEMA)$/,
};
