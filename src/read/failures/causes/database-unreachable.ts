import { databaseAddress, missingDatabase, type Proposed, urlForm } from '../../database-need.ts';
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
    const asked = askedService(context);
    if (said.length === 0 && asked === undefined) return null;

    return {
      what: asked === undefined ? `${service(context, said.at(-1) ?? '')} can't be reached.` : asked.what,
      evidence: said.length === 0 ? [context.message] : said.slice(-1).map(line => line.replace(/"?\)$/, '')),
      next: next(context, said.at(-1) ?? '', asked?.proposed),
    };
  },
});

const step = 'preflight.service:';

/** What a check before the build asked for: the variable in the step's name, the kind in the runner's words. */
function askedService(context: FailureContext): { what: string; proposed: readonly Proposed[] } | undefined {
  if (!context.step.startsWith(step)) return undefined;
  const part = context.step.slice(step.length);
  const known = [...context.environmentNames, ...context.profile.environment.map(({ name }) => name)];
  const name =
    known.find(each => each.toLowerCase().replace(/[^a-z0-9.-]/g, '-') === part) ??
    part.toUpperCase().replaceAll('-', '_');
  const kind = /^(\w+) at /.exec(context.message)?.[1] ?? '';

  const ofDatabase = databaseAddress(context.profile);
  const isDatabase = ofDatabase.some(each => each.name === name);
  const form = /HOST|SERVER/.test(name) ? null : urlForm(kind);
  const proposed = isDatabase && context.profile.database?.variable !== name ? ofDatabase : [{ name, default: form }];
  return { what: `${kind === '' ? 'The service' : kind} behind ${name} can't be reached.`, proposed };
}

function service({ profile }: FailureContext, said: string): string {
  if (isRedis(said)) return 'Redis';
  return profile.database === null ? 'The database' : `The ${kinds[profile.database.kind]} database`;
}

/** The words of redis-py. */
function isRedis(said: string): boolean {
  return /^Error -?\d+ connecting to /.test(said);
}

function redisAddress({ profile }: FailureContext): readonly Proposed[] {
  const found = profile.environment.find(
    ({ name, default: fallback }) => /^rediss?:/.test(fallback ?? '') || /REDIS/.test(name),
  );
  if (found === undefined) return [];
  return [{ name: found.name, default: /UR[IL]|BROKER|BACKEND/.test(found.name) ? urlForm('redis') : null }];
}

const kinds = { sqlite: 'SQLite', postgresql: 'PostgreSQL', mysql: 'MySQL', other: '' } as const;

function next(context: FailureContext, said: string, asked: readonly Proposed[] | undefined): string[] {
  if (said.includes('unable to open'))
    return ['Make the folder of the SQLite file, or name a file in a folder that exists'];

  const missing = missingDatabase(context.profile, context.environmentNames);
  const ofDatabase = missing.length > 0 ? missing : databaseAddress(context.profile);
  const proposed = asked ?? (isRedis(said) ? redisAddress(context) : ofDatabase);
  const start = 'Start the server, or correct its address; then: decant up';
  if (proposed.length === 0) return [start];
  const isSet = proposed.some(({ name }) => context.environmentNames.includes(name));
  return [start, `${configSet(context, proposed)}    # ${isSet ? 'it is set, to what was tried' : 'it is not set'}`];
}
