import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { missingSigningKeys } from '../../src/decide/environment.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { missingWarning, unhandledWarning } from '../../src/read/missing-variables.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

type Texts = Readonly<Record<string, string>>;

const profile = (texts: Texts) =>
  profileOf(textFiles({ 'requirements.txt': 'flask', ...texts }), parse, { app: 'x' }).profile;
/** Name, whether it is required, default. */
const variables = (texts: Texts) =>
  profile(texts).environment.map(({ name, required, default: value }) => [name, required, value]);
const generated = (texts: Texts) => missingSigningKeys(profile(texts).environment, new Set());

const flask = 'import os\nfrom flask import Flask\napp = Flask(__name__)\n';

describe('settings that a prefix fills', () => {
  const load = (text: string, loader = 'app.config.from_prefixed_env()') => ({
    'app.py': `${flask}app.config.from_mapping(THEME="dark")\n${loader}\n${text}\n`,
  });

  test('are those that the app reads, nested ones with __', () => {
    const reads =
      'a = app.config["PAY_KEY"]\nb = app.config.get("PAGE", 20)\nc = app.config["THEME"]\nd = app.config["MAIL"]["HOST"]\n' +
      'app.config["SET"] = 1\nsetting = app.config["SERVER_NAME"]';
    expect(variables(load(reads))).toEqual([
      ['FLASK_MAIL__HOST', true, null],
      ['FLASK_PAGE', false, '20'],
      ['FLASK_PAY_KEY', true, null],
      ['FLASK_SECRET_KEY', false, null],
      ['FLASK_SERVER_NAME', false, null],
      ['FLASK_THEME', false, 'dark'],
    ]);
  });

  test('may have a prefix of their own', () => {
    const texts = load('app.config["NAME"]', 'app.config.from_prefixed_env("MY_SHOP")');
    expect(variables(texts)).toEqual([
      ['MY_SHOP_NAME', true, null],
      ['MY_SHOP_SECRET_KEY', false, null],
    ]);
    expect(generated(texts)).toEqual(['MY_SHOP_SECRET_KEY']);
  });

  test('the key is needed where there are sessions, and is not asked for twice', () => {
    const needed = load('from flask import session');
    expect(variables(needed)).toEqual([['FLASK_SECRET_KEY', true, null]]);
    expect(generated(needed)).toEqual(['FLASK_SECRET_KEY']);
    const own = load('from flask import session\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]');
    expect(variables(own)).toEqual([['SECRET_KEY', true, null]]);
  });

  test('without a loader nothing is read from a prefix', () => {
    expect(variables({ 'app.py': `${flask}a = app.config["X"]\n` })).toEqual([]);
  });

  test('the database of Flask-SQLAlchemy too', () => {
    const texts = (default_: string) => ({
      ...load(`from flask_sqlalchemy import SQLAlchemy\n${default_}db = SQLAlchemy(app)`),
      'requirements.txt': 'flask\nflask-sqlalchemy\npsycopg2\n',
    });
    const name = 'FLASK_SQLALCHEMY_DATABASE_URI';
    expect(profile(texts('')).database).toMatchObject({ kind: 'postgresql', variable: name });
    expect(variables(texts(''))).toContainEqual([name, true, null]);
    const sqlite = texts('app.config.setdefault("A", 1)\napp.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///a.db"\n');
    expect(profile(sqlite).database).toMatchObject({ kind: 'sqlite', variable: name });
  });
});

describe('Dynaconf', () => {
  const settings =
    'from dynaconf import Dynaconf, Validator\n' +
    'settings = Dynaconf(envvar_prefix="SHOP", settings_files=["settings.toml", ".secrets.toml"], ' +
    'validators=[Validator("PAY_KEY", must_exist=True), Validator("LIMIT", default=5)])\n';

  test('what is read and not in its files is needed; validators too', () => {
    const texts = {
      'app.py': `${flask}from config import settings\na = settings.DB.HOST\nb = settings.title.lower()\nc = settings.get("colour", "red")\nd = settings["RATE"]\nsettings.reload()\nsettings.SET = 1\n`,
      'config.py': settings,
      'settings.toml': '[default]\ntitle = "Shop"\n[default.db]\nport = 1\n[testing]\nrate = 3\n',
    };
    expect(variables(texts)).toEqual([
      ['SHOP_COLOUR', false, 'red'],
      ['SHOP_DB__HOST', true, null],
      ['SHOP_LIMIT', false, '5'],
      ['SHOP_PAY_KEY', true, null],
      ['SHOP_RATE', true, null],
      ['SHOP_TITLE', false, 'Shop'],
    ]);
  });

  test('FlaskDynaconf fills app.config from FLASK_', () => {
    const texts = {
      'app.py': `${flask}from dynaconf import FlaskDynaconf\nFlaskDynaconf(app)\na = app.config["TITLE"]\nb = app.config["RATE"]\n`,
      'settings.toml': '[default]\nTITLE = "Shop"\n',
    };
    expect(variables(texts)).toEqual([
      ['FLASK_RATE', true, null],
      ['FLASK_SECRET_KEY', false, null],
      ['FLASK_TITLE', false, 'Shop'],
    ]);
  });

  test.each([
    ['envvar_prefix=False', 'RATE'],
    ['', 'DYNACONF_RATE'],
  ])('its prefix: %s', (words, name) => {
    const text = `${flask}from dynaconf import Dynaconf\nsettings = Dynaconf(${words})\na = settings.rate\n`;
    expect(variables({ 'app.py': text })).toEqual([[name, true, null]]);
  });
});

describe('what other platforms are told', () => {
  const compose = (environment: string, more = '') => ({
    'compose.yaml': `services:\n  web:\n    build: .\n    environment:\n${environment}${more}  db:\n    image: postgres\n    environment:\n      POSTGRES_INITDB_ARGS: x\n`,
    Dockerfile: 'FROM python:3.12\nCOPY . /app\nENV OF_THE_IMAGE=1\n',
  });

  test('a compose file names what its service of the app gets; a password is no default, nor is another container', () => {
    const given =
      `      PLAIN: sky\n      MODE: \${MODE:-fast}\n      NEEDED: \${NEEDED:?set it}\n      PASSED:\n      ADMIN_PASSWORD: hunter2\n` +
      '      CACHE_URL: redis://cache\n      DB_HOST: db\n      LEVEL: development\n      PYTHONUNBUFFERED: 1\n';
    expect(variables({ 'app.py': flask, ...compose(given) })).toEqual([
      ['ADMIN_PASSWORD', false, null],
      ['CACHE_URL', false, null],
      ['DB_HOST', false, null],
      ['LEVEL', false, null],
      ['MODE', false, 'fast'],
      ['NEEDED', true, null],
      ['PASSED', false, null],
      ['PLAIN', false, 'sky'],
    ]);
  });

  test('as a list, and from a file, with their places', () => {
    const texts = {
      'app.py': flask,
      'web.env': 'FROM_FILE=1\n',
      ...compose('      - A=sky\n      - B\n', '    env_file: web.env\n'),
    };
    expect(profile(texts).environment.map(({ name, source }) => [name, source])).toEqual([
      ['A', 'compose.yaml:5'],
      ['B', 'compose.yaml:6'],
      ['FROM_FILE', 'web.env:1'],
    ]);
  });

  test('the code decides; a file proposes a value where the code needs one', () => {
    const code = 'a = os.environ["MODE"]\nb = os.environ.get("PLAIN", "grass")\nc = os.environ.get("NEEDED", "no")\n';
    const given = `      MODE: fast\n      PLAIN: sky\n      NEEDED: \${NEEDED:?}\n`;
    const found = profile({ 'app.py': flask + code, ...compose(given) });
    expect(found.environment.map(({ name, required, default: value }) => [name, required, value])).toEqual([
      ['MODE', true, 'fast'],
      ['NEEDED', false, 'no'],
      ['PLAIN', false, 'grass'],
    ]);
    expect(missingWarning(found, { given: [], app: 'x', target: 'local', after: '' })).toBe(
      'The app needs what is not set: MODE (app.py:4). Set it with  decant config set MODE=fast -a x',
    );
  });

  test('the compose file stands at the top, the app in the folder that it builds', () => {
    const texts = {
      'compose.yml':
        'services:\n  web:\n    build: ./api\n    environment: [OURS=1]\n  ui:\n    build: ./ui\n    environment: [THEIRS=1]\n',
      'api/requirements.txt': 'flask',
      'api/app.py': flask,
      'api/Dockerfile': 'FROM python:3.12\nCOPY . /app\n',
      'ui/Dockerfile': 'FROM node\nCOPY . /ui\n',
    };
    const found = profileOf(textFiles(texts), parse, { app: 'x' }).profile;
    expect([found.root, found.environment.map(({ name }) => name)]).toEqual(['api', ['OURS']]);
  });

  test('app.json: required, a value, a key that anybody may make up', () => {
    const env = {
      COLOUR: 'red',
      REGION: { value: 'eu', required: false },
      BOARD: { required: true },
      TOPIC: { description: 'x' },
      COOKIE_SEED: { generator: 'secret' },
      API_TOKEN: { generator: 'secret' },
    };
    const texts = { 'app.py': flask, 'app.json': JSON.stringify({ env }, null, 2) };
    expect(variables(texts)).toEqual([
      ['API_TOKEN', false, null],
      ['BOARD', true, null],
      ['COLOUR', false, 'red'],
      ['COOKIE_SEED', false, null],
      ['REGION', false, 'eu'],
      ['TOPIC', false, null],
    ]);
    expect(profile(texts).environment.find(({ name }) => name === 'COOKIE_SEED')).toMatchObject({ secret: true });
    expect(generated(texts)).toEqual(['COOKIE_SEED']);
  });
});

describe('a database server', () => {
  const texts = (code: string, more: Texts = {}) => ({
    'requirements.txt': 'flask\npsycopg2\n',
    'app.py': `${flask}import psycopg2\n${code}\n`,
    ...more,
  });
  const parts = { host: 'DBHOST', name: 'DBNAME', user: 'DBUSER', password: 'DBPASS' };
  const url =
    'user, pw = os.environ["DBUSER"], os.environ["DBPASS"]\nhost = os.environ["DBHOST"]\n' +
    'URI = "postgresql+psycopg2://{}:{}@{}/{}".format(os.environ["DBUSER"], os.environ["DBPASS"], host, os.environ["DBNAME"])\n';

  test.each<[string, Texts, object]>([
    ['a URL made of parts', texts(`${url}app.config["SQLALCHEMY_DATABASE_URI"] = URI`), parts],
    [
      'a call with parts',
      texts(
        'psycopg2.connect(host=os.getenv("DBHOST"), port=os.getenv("DBPORT", 5432), dbname=os.getenv("DBNAME"), user=os.getenv("DBUSER"), password=os.getenv("DBPASS"))',
      ),
      { ...parts, port: 'DBPORT' },
    ],
    [
      'a class of settings',
      texts('from sqlalchemy import create_engine\nfrom config import settings\nengine = create_engine(settings.uri)', {
        'config.py':
          'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    POSTGRES_SERVER: str\n    POSTGRES_USER: str\n    POSTGRES_PASSWORD: str\n    POSTGRES_DB: str = "app"\nsettings = Settings()\n',
      }),
      { host: 'POSTGRES_SERVER', user: 'POSTGRES_USER', password: 'POSTGRES_PASSWORD', name: 'POSTGRES_DB' },
    ],
  ])('by its parts: %s', (_, files, want) => {
    expect(profile(files).database).toEqual({ kind: 'postgresql', variable: null, parts: want });
  });

  const missing = (files: Texts, given: readonly string[] = []) =>
    missingWarning(profile(files), { given, app: 'x', target: 'local', after: '' })?.replace(/^.*decant /, '');

  test('its missing parts are one command', () => {
    const files = texts(
      'psycopg2.connect(host=os.getenv("DBHOST", "db"), user=os.getenv("DBUSER"), password=os.getenv("DBPASS"))',
    );
    expect(missing(files)).toBe('config set DBPASS=… DBUSER=… -a x');
    expect(missing(files, ['DBUSER', 'DBPASS'])).toBeUndefined();
  });

  test('what the code insists on may be those of another one', () => {
    const code = `import live, local`;
    const uri = (read: (name: string) => string) =>
      `import os\nSQLALCHEMY_DATABASE_URI = "postgresql://" + ${read('USER')} + "@" + ${read('HOST')}\n`;
    const files = texts(code, {
      'live.py': uri(name => `os.getenv("PROD_DB_${name}")`),
      'local.py': uri(name => `os.environ["DB${name}"]`),
    });
    expect(profile(files).database?.parts).toEqual({ host: 'PROD_DB_HOST', user: 'PROD_DB_USER' });
    expect(missing(files)).toBe('config set DBHOST=… DBUSER=… -a x');
  });

  test('a secret of another place is not proposed', () => {
    const code = 'a = os.environ["PAY_KEY"]\nclass Dev:\n    KEY = os.getenv("PAY_KEY", "only-for-development")';
    expect(missing({ 'app.py': `${flask}${code}\n` })).toBe('config set PAY_KEY=… -a x');
  });

  test('its URL has a form', () => {
    const files = texts('app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL")');
    expect(missing(files)).toBe('config set DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/NAME -a x');
    expect(missing(files, ['DATABASE_URL'])).toBeUndefined();
  });

  test('a URL or its parts: one of them will do', () => {
    const code = `if os.getenv("DATABASE_URL"):\n    URI = os.environ["DATABASE_URL"]\nelse:\n    URI = "postgresql://" + os.getenv("DBUSER", "me") + "@" + os.getenv("DBHOST", "db")\napp.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DATABASE_URL") or URI`;
    expect(missing(texts(code))).toBeUndefined();
  });

  test('SQLite needs none', () => {
    expect(
      missing({
        'app.py': `${flask}app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DATABASE_URL") or "sqlite:///a.db"\n`,
      }),
    ).toBeUndefined();
  });
});

describe('read without a default, and handed on as it is', () => {
  const unhandled = (code: string) =>
    profile({ 'app.py': `${flask}import sqlite3\n${code}\n` }).environment.map(({ unhandled: is }) => is === true);

  test.each([
    'def view():\n    return sqlite3.connect(os.environ.get("X"))',
    'def view():\n    path = os.getenv("X")\n    return sqlite3.connect(database=path)',
    'def view():\n    return open(os.path.join(os.environ.get("X"), "a"))',
    'def view():\n    return f"https://{os.getenv(\'X\')}/a"',
    'def view():\n    return os.getenv("X") + "/a"',
    'X = os.environ.get("X")\ndef view():\n    return int(X)',
  ])('%s', code => expect(unhandled(code)).toEqual([true]));

  test.each([
    'def view():\n    return sqlite3.connect(os.environ.get("X") or "a.db")',
    'def view():\n    path = os.getenv("X")\n    if path is None:\n        return ""\n    return sqlite3.connect(path)',
    'def view():\n    path = os.getenv("X")\n    return sqlite3.connect(path) if path else ""',
    'def view():\n    try:\n        return int(os.getenv("X"))\n    except TypeError:\n        return 0',
    'app.config["MAIL_SERVER"] = os.environ.get("X")',
    'client = Client(token=os.environ.get("X"))',
    'print(f"mode {os.getenv(\'X\')}")\napp.logger.info("a" + os.getenv("X"))',
    'class Config:\n    X = os.environ.get("X")',
    'X = os.environ.get("X", "1")\ndef view():\n    return int(os.environ.get("X"))',
  ])('not: %s', code => expect(unhandled(code)).toEqual([false]));

  test('is told after a release, unless it is set or told already', () => {
    const found = profile({ 'app.py': `${flask}def view():\n    return open(os.getenv("BOOK"))\n` });
    const about = { app: 'x', target: 'local' };
    expect(unhandledWarning(found, { ...about, given: [] })).toBe(
      'read without a default, not set: BOOK (app.py:5); if a page needs it:  decant config set BOOK=… -a x',
    );
    expect(unhandledWarning(found, { ...about, given: ['BOOK'] })).toBeNull();
    const database = { kind: 'postgresql', variable: 'BOOK' } as const;
    expect(unhandledWarning({ ...found, database }, { ...about, given: [] })).toBeNull();
  });
});
