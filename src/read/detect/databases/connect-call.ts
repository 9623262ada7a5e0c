import { own } from '../../../base/own.ts';
import type { PythonNode } from '../../../model/repo-files.ts';
import type { Call } from '../../python/module.ts';
import { qualifiedName } from '../../python/project.ts';
import { loadedModules } from '../app.ts';
import type { DatabaseSource } from '../database.ts';
import { computedText } from '../value.ts';
import { variablesIn } from '../variables-in.ts';

/** Calls that open a database: `sqlite3.connect(…)`, SQLAlchemy's `create_engine(…)`, a driver's `connect(…)`. */
const source: DatabaseSource = {
  name: 'connect',
  trust: 70,
  findings: app =>
    loadedModules(app, ...needles).flatMap(module =>
      module.calls.flatMap(call => {
        const stars = module.imports.filter(({ alias }) => alias === '*').map(each => `${each.module}.${call.name}`);
        const kind = [qualifiedName(app.scope, module, call.name), ...stars]
          .map(name => own(openers, name))
          .find(each => each !== undefined);
        if (kind === undefined) return [];
        const target = targetOf(call);
        const url = target === undefined ? undefined : computedText(app.scope, module, target);
        return [
          {
            url: kind !== '' ? kind : (url ?? onlyOf(call)),
            variable: variablesIn(module, target ?? call.node)[0],
            variables: variablesIn(module, call.node),
            evidence: app.scope.place(module.path, call.line),
          },
        ];
      }),
    ),
};

/** An argument that one driver alone takes tells the kind where the URL doesn't. */
function onlyOf({ keywords }: Call): string | undefined {
  return keywords.get('connect_args')?.text.includes('check_same_thread') ? 'sqlite' : undefined;
}

function targetOf(call: Call): PythonNode | undefined {
  return call.arguments[0] ?? call.keywords.get('database') ?? call.keywords.get('url') ?? call.keywords.get('dsn');
}

const needles = [
  'connect(',
  'create_engine(',
  'create_async_engine(',
  'Database(',
  'SqliteDatabase(',
  'MongoClient(',
  'PyMongo(',
  'MongoEngine(',
  'TinyDB(',
];

/** What each opens; "" where its URL says. */
const openers: Readonly<Record<string, string>> = {
  'sqlite3.connect': 'sqlite',
  'aiosqlite.connect': 'sqlite',
  'peewee.SqliteDatabase': 'sqlite',
  'sqlalchemy.create_engine': '',
  'sqlalchemy.ext.asyncio.create_async_engine': '',
  'sqlmodel.create_engine': '',
  'databases.Database': '',
  'psycopg2.connect': 'postgresql',
  'psycopg.connect': 'postgresql',
  'asyncpg.connect': 'postgresql',
  'asyncpg.create_pool': 'postgresql',
  'pymysql.connect': 'mysql',
  'MySQLdb.connect': 'mysql',
  'mysql.connector.connect': 'mysql',
  'pymongo.MongoClient': 'mongodb',
  'pymongo.mongo_client.MongoClient': 'mongodb',
  'flask_pymongo.PyMongo': 'mongodb',
  'mongoengine.connect': 'mongodb',
  'flask_mongoengine.MongoEngine': 'mongodb',
  'tinydb.TinyDB': 'tinydb',
};

export default source;
