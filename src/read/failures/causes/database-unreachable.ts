import { configSet } from '../config-set.ts';
import { defineFailure, type FailureContext } from '../failure.ts';

const signs: readonly RegExp[] = [
  /connection to server (?:at|on) .+ failed: .+/,
  /could not (?:translate host name .+|connect to server: .+)/,
  /Can't connect to (?:MySQL|MariaDB|local MySQL) server .+/,
  /Access denied for user .+/,
  /unable to open database file/,
  /FATAL: +(?:password authentication failed|database ".+" does not exist|role ".+" does not exist).*/,
  /Error \d+ connecting to .+/,
];

export default defineFailure({
  code: 'database-unreachable',
  means: 'The database refuses the connection, or nothing answers at its address',
  rank: 32,
  person: true,
  match: context => {
    const said = context.output.flatMap(line => signs.map(sign => sign.exec(line)?.[0] ?? [])).flat();
    if (said.length === 0 && !context.step.startsWith('preflight.service:')) return null;

    return {
      what: `${service(context, said.at(-1) ?? '')} can't be reached.`,
      evidence: said.length === 0 ? [context.message] : said.slice(-1).map(line => line.replace(/"?\)$/, '')),
      next: next(context, said.at(-1) ?? ''),
    };
  },
});

function service({ step, profile }: FailureContext, said: string): string {
  if (step.startsWith('preflight.service:'))
    return `The service behind ${step.replace('preflight.service:', '').toUpperCase().replaceAll('-', '_')}`;
  if (isRedis(said)) return 'Redis';
  return profile.database === null ? 'The database' : `The ${kinds[profile.database.kind]} database`;
}

/** The words of redis-py. */
function isRedis(said: string): boolean {
  return /^Error -?\d+ connecting to /.test(said);
}

function redisVariable({ profile }: FailureContext): string | undefined {
  return profile.environment.find(
    ({ name, default: fallback }) => /^rediss?:/.test(fallback ?? '') || /REDIS/.test(name),
  )?.name;
}

const kinds = { sqlite: 'SQLite', postgresql: 'PostgreSQL', mysql: 'MySQL', other: '' } as const;

function next(context: FailureContext, said: string): string[] {
  if (said.includes('unable to open'))
    return ['Make the folder of the SQLite file, or name a file in a folder that exists'];

  const variable = isRedis(said) ? redisVariable(context) : context.profile.database?.variable;
  const start = 'Start the server, or correct its address; then: decant up';
  if (variable === null || variable === undefined) return [start];
  const isSet = context.environmentNames.includes(variable);
  return [start, `${configSet(context, [variable])}    # ${isSet ? 'it is set, to what was tried' : 'it is not set'}`];
}
