import type { Place, Profile } from '../../model/profile.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, isDeclared, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';

interface Service {
  readonly name: string;
  readonly found: Place;
}

/** The servers that the app talks to: its database's, and those whose client the code opens or whose URL it names. */
export function servicesClaim(
  app: App,
  database: Profile['database'],
  databaseEvidence: Place | undefined,
): Claim<readonly string[]> {
  const own =
    database?.kind === 'postgresql' || database?.kind === 'mysql'
      ? [{ name: database.kind, found: databaseEvidence ?? '' }]
      : [];
  const found = [...own, ...opened(app), ...named(app)];
  const names = [...new Set(found.map(({ name }) => name))];
  return { value: names, evidence: found[0]?.found === '' ? undefined : found[0]?.found };
}

function opened(app: App): readonly Service[] {
  return loadedModules(app, 'Redis', 'redis', 'memcache', 'MongoClient', 'PyMongo', 'mongoengine', 'pika').flatMap(
    module =>
      module.calls.flatMap(call => {
        const qualified = qualifiedName(app.scope, module, call.name);
        const name = clients.find(([pattern]) => pattern.test(qualified))?.[1];
        return name === undefined || call.node.parent?.type === 'conditional_expression'
          ? []
          : [{ name, found: app.scope.place(module.path, call.line) }];
      }),
  );
}

const clients: readonly (readonly [RegExp, string])[] = [
  [
    /^(redis|flask_redis|aioredis|fakeredis\.strict)(\.asyncio)?\.(Redis|StrictRedis|FlaskRedis|from_url)(\.from_url)?$/,
    'redis',
  ],
  [/^(rq|flask_rq2?)\.RQ$/, 'redis'],
  [/^(pymemcache|pylibmc|memcache)\./, 'memcached'],
  [/^(pymongo|flask_pymongo)\.(mongo_client\.)?(MongoClient|PyMongo)$/, 'mongodb'],
  [/^(mongoengine\.connect|flask_mongoengine\.MongoEngine)$/, 'mongodb'],
  [/^pika\./, 'rabbitmq'],
];

/** A URL's scheme in a default; only where something that speaks it is installed. */
function named(app: App): readonly Service[] {
  return schemes.flatMap(({ scheme, name, by }) =>
    isDeclared(app, ...by)
      ? loadedModules(app, scheme)
          .slice(0, 1)
          .map(module => ({ name, found: app.scope.place(module.path, lineWith(app, module.path, scheme)) }))
      : [],
  );
}

const schemes = [
  {
    scheme: 'redis://',
    name: 'redis',
    by: [
      'redis',
      'celery',
      'rq',
      'flask-redis',
      'flask-caching',
      'flask-limiter',
      'dramatiq',
      'huey',
      'flask-session',
      'flask-socketio',
    ],
  },
  { scheme: 'amqp://', name: 'rabbitmq', by: ['celery', 'kombu', 'pika', 'dramatiq', 'flask-socketio'] },
  { scheme: 'pyamqp://', name: 'rabbitmq', by: ['celery', 'kombu'] },
  { scheme: 'mongodb://', name: 'mongodb', by: ['pymongo', 'flask-pymongo', 'mongoengine', 'flask-mongoengine'] },
] as const;

function lineWith(app: App, path: string, text: string): number {
  return (app.scope.text(path) ?? '').split('\n').findIndex(line => line.includes(text)) + 1;
}
