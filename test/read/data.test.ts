import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

type Texts = Readonly<Record<string, string>>;

function profile(texts: Texts, root?: string) {
  return profileOf(textFiles({ 'requirements.txt': 'flask', ...texts }), parse, {
    app: 'x',
    ...(root === undefined ? {} : { root }),
  }).profile;
}

const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const factory = 'import flask\ndef create_app(config=None):\n    app = flask.Flask(__name__)\n    return app\n';

describe('database and state', () => {
  const uri = (expression: string): Texts => ({
    'app.py': `import os\n${flask}here = os.path.abspath(os.path.dirname(__file__))\napp.config["SQLALCHEMY_DATABASE_URI"] = ${expression}\n`,
  });
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['"sqlite:///" + os.path.join(here, "data", "x.db")', 'sqlite', ['data']],
    [
      'os.environ.get("DATABASE_URL", "").replace("a", "b") or "sqlite:///" + os.path.join(here, "x.db")',
      'sqlite',
      ['x.db'],
    ],
    ['"sqlite:///x.db"', 'sqlite', ['instance']],
    ['f"sqlite:///{here}/x.db"', 'sqlite', ['x.db']],
    ['"sqlite:////" + os.path.join(here, "x.db")', 'sqlite', ['x.db']],
    ['"" \nDATABASE = os.path.join(here, "x.db")', 'other', ['x.db']],
    ['"" \nSHOP_UPLOAD_PATH = os.path.join(here, "pictures")', 'other', ['pictures']],
    ['"sqlite:////var/lib/x.db"', 'sqlite', []],
    ['os.environ.get("DATABASE_URL", "postgresql://localhost/x")', 'postgresql', []],
    ['"mysql+pymysql://" + os.environ["DB"]', 'mysql', []],
    ['"sqlite:///" + os.path.join(os.path.abspath("."), "x.db")', 'sqlite', ['x.db']],
    ['located("x.db")\ndef located(name):\n    return "sqlite:///" + os.path.join(here, name)', 'sqlite', ['x.db']],
    ['"" \napp.config["SESSION_TYPE"] = "filesystem"', 'other', ['flask_session']],
    ['"" \nfrom tinydb import TinyDB\ndb = TinyDB("data/db.json")', 'other', ['data']],
    ['os.environ.get("URL").replace("postgres://", "postgresql://")', 'postgresql', []],
    [
      '"{}://{}".format(os.getenv("ENGINE"), 1) if os.getenv("ENGINE") else None\napp.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////x.db"',
      'sqlite',
      [],
    ],
    ['""\nfrom peewee import *\ndb = SqliteDatabase("/x.db")', 'sqlite', []],
    ['""\nfrom databases import Database\ndb = Database(f"mysql://{1}@x/y")', 'mysql', []],
  ];
  test.each(cases)('%s', (expression, kind, state) => {
    const found = profile(uri(expression));
    expect([found.database?.kind, found.state.map(({ path }) => path)]).toEqual([kind, state]);
  });
});

test("a file of settings that is named by its path is the app's", () => {
  const app = `${flask}app.config.from_pyfile("./config/settings.py", silent=True)\n`;
  const settings = 'URL = "postgresql://{user}@{host}/x".format(user=1, host=2)\nSQLALCHEMY_DATABASE_URI = URL\n';
  expect(profile({ 'app.py': app, 'config/settings.py': settings }).database?.kind).toBe('postgresql');
});

test.each([
  ['flask-sqlalchemy\nmysqlclient\n', { kind: 'mysql', variable: null }],
  ['mysqlclient\n', null],
])('a database that no code names: %j', (packages, database) => {
  const found = profile({ 'requirements.txt': `flask\n${packages}`, 'app.py': flask });
  expect(found.database).toEqual(database);
});

test('a file of settings stands beside the package that names it', () => {
  const texts = {
    'shop/__init__.py': `${flask}app.config.from_pyfile("settings.py")\n`,
    'shop/settings.py': 'SQLALCHEMY_DATABASE_URI = "sqlite:////x.db"\n',
  };
  expect(profile(texts).database?.kind).toBe('sqlite');
});

test.each([
  ['from pymongo import MongoClient\nclient = MongoClient(os.environ["MONGO_URL"])', 'MONGO_URL'],
  ['from flask_pymongo import PyMongo\nmongo = PyMongo(app)', null],
])('a document database: %s', (text, variable) => {
  const found = profile({ 'app.py': `import os\n${flask}${text}\n` });
  expect(found).toMatchObject({ database: { kind: 'other', variable }, services: ['mongodb'] });
});

test('migrations need a wired tool and a folder', () => {
  const wired = `${flask}from flask_migrate import Migrate\nmigrate = Migrate(app)\n`;
  expect(profile({ 'app.py': wired, 'migrations/env.py': '' }).migrations).toMatchObject({
    tool: 'flask-migrate',
    command: 'flask db upgrade',
  });
  const inside = profile({ 'shop/__init__.py': wired, 'shop/migrations/env.py': '' });
  expect(inside.migrations?.command).toBe('flask db upgrade --directory shop/migrations');
  const own = wired.replace('import Migrate', 'import Migrate, upgrade').concat('upgrade("shop/migrations")\n');
  expect(profile({ 'shop/__init__.py': own, 'shop/migrations/env.py': '' }).migrations?.tool).toBe('self');
  const without = profile({ 'app.py': wired });
  expect([without.migrations, without.problems[0]?.id]).toEqual([null, 'migrations-missing']);
});

test('an init command is found with its place in the CLI and what it destroys', () => {
  const found = profile({
    'shop/__init__.py': `${factory.replace('    return app', '    from . import db\n    app.cli.add_command(db.reset_command)\n    return app')}`,
    'shop/db.py':
      'import click\ndef init():\n    x.executescript(open_resource("schema.sql").read())\n@click.command("init-db")\ndef reset_command():\n    init()\n',
    'shop/schema.sql': 'DROP TABLE IF EXISTS a;\nCREATE TABLE a (id);',
  });
  expect(found.initCommands).toEqual([{ command: 'flask init-db', destructive: true }]);
});

test('of several init commands the harmless one comes first, and none that asks back', () => {
  const found = profile({
    'app.py': `${flask}import click\n@app.cli.command()\ndef forge():\n    db.drop_all()\n    db.create_all()\n@app.cli.command()\n@click.option("--name", prompt=True)\ndef ask(name):\n    db.create_all()\n@app.cli.command()\ndef init():\n    db.create_all()\n`,
  });
  expect(found.initCommands.map(({ command }) => command)).toEqual(['flask init', 'flask forge']);
});

test('an init command that is added in a loop counts', () => {
  const found = profile({
    'shop/__init__.py': `from shop.commands import commands\n${factory.replace('    return app', '    for each in commands:\n        app.cli.add_command(each)\n    return app')}`,
    'shop/commands.py':
      'import click\nfrom . import models\ncommands = []\n@click.command("init-db")\ndef init_it():\n    models.init_database("shop.schema")\n@click.command("greet")\ndef greet(): pass\n',
  });
  expect(found.initCommands).toEqual([{ command: 'flask init-db', destructive: false }]);
});

test('migrations with several heads are all brought up, and that is said', () => {
  const wired = `${flask}from flask_migrate import Migrate\nmigrate = Migrate(app)\n`;
  const script = (revision: string, down: string) => `revision = "${revision}"\ndown_revision: str | None = ${down}\n`;
  const texts = {
    'app.py': wired,
    'migrations/env.py': '',
    'migrations/versions/a.py': script('a1', 'None'),
    'migrations/versions/b.py': script('b2', '"a1"'),
    'migrations/versions/c.py': script('c3', '("a1",)'),
  };
  const found = profile(texts);
  expect(found.migrations?.command).toBe('flask db upgrade heads');
  expect(found.problems.filter(({ id }) => id === 'several-heads')).toMatchObject([
    { message: expect.stringContaining('2 heads (b2, c3)') },
  ]);

  const merged = { ...texts, 'migrations/versions/d.py': script('d4', '("b2", "c3")') };
  expect(profile(merged).migrations?.command).toBe('flask db upgrade');
});

test('a database outside of the app is no state, and what is kept beside it holds none', () => {
  const settings = (place: string) =>
    `import os, sqlite3\n${flask}app.config["DATABASE"] = ${place}\napp.config["UPLOAD_FOLDER"] = "uploads"\ndb = sqlite3.connect(app.config["DATABASE"])\n`;
  expect(profile({ 'app.py': settings('"/srv/real.db"') }).state).toMatchObject([{ path: 'uploads' }]);
  expect(profile({ 'app.py': settings('"/srv/real.db"') }).state[0]).not.toHaveProperty('database');
  expect(profile({ 'app.py': settings('"data/real.db"') }).state).toMatchObject([
    { path: 'data', database: true },
    { path: 'uploads' },
  ]);
});

test("SQLite's own argument tells the kind of a database whose URL is elsewhere", () => {
  const text = `${flask}from sqlalchemy import create_engine\nimport conf\ne = create_engine(conf.url, connect_args={"check_same_thread": False})\n`;
  expect(profile({ 'app.py': text }).database?.kind).toBe('sqlite');
});

test('the server of a database that the code holds fast, without its password', () => {
  const text = `${flask}app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg2://shop:s3cret@db:5433/shop"\n`;
  expect(profile({ 'app.py': text }).database).toEqual({
    kind: 'postgresql',
    variable: null,
    server: 'postgresql://db:5433',
  });
});
