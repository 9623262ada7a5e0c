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

describe('the entry', () => {
  const cases: readonly (readonly [string, Texts, string | null])[] = [
    ['a module with a usual name', { 'app.py': flask }, 'app:app'],
    ['a name that is not defined is not guessed', { 'app.py': 'app = None\n' }, null],
    [
      'an app made only under __main__',
      { 'app.py': 'from flask import Flask\nif __name__ == "__main__":\n    app = Flask(__name__)\n' },
      null,
    ],
    [
      'wsgi.py before app.py',
      { 'app.py': flask, 'wsgi.py': 'from app import app as application\n' },
      'wsgi:application',
    ],
    ['a factory in a package', { 'shop/__init__.py': factory }, 'shop:create_app()'],
    [
      'a factory that needs an argument is none',
      { 'shop/__init__.py': factory.replace('config=None', 'config') },
      null,
    ],
    [
      'an instance made by a factory elsewhere',
      { 'shop/__init__.py': factory, 'run.py': 'from shop import create_app\nserver = create_app("x")\n' },
      'run:server',
    ],
    [
      'the Procfile wins',
      { 'app.py': flask, 'shop/web.py': flask, Procfile: 'web: cd . && exec gunicorn -w 2 --bind :$PORT shop.web:app' },
      'shop.web:app',
    ],
    [
      'a Procfile with a call',
      { 'shop/__init__.py': factory, Procfile: "web: gunicorn 'shop:create_app(1)' -w 4" },
      'shop:create_app(1)',
    ],
    [
      'gunicorn takes a bare module',
      { 'serve.py': 'from flask import Flask\napplication = Flask(__name__)\n', Procfile: 'web: gunicorn serve' },
      'serve:application',
    ],
    [
      'the module with the pages, where the app does not load it',
      {
        'shop/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
        'shop/views.py': 'from shop import app\n@app.route("/")\ndef home(): return "x"\n',
        'shop/more.py': 'from shop import app\nimport shop.views\n@app.route("/more")\ndef more(): return "x"\n',
      },
      'shop.more:app',
    ],
    ['FLASK_APP', { '.flaskenv': 'FLASK_APP=shop.py', 'shop.py': flask, 'app.py': 'x = 1\n' }, 'shop:app'],
    ['gunicorn.conf.py', { 'gunicorn.conf.py': 'wsgi_app = "a.b:app"', 'a/b.py': flask, 'app.py': flask }, 'a.b:app'],
    [
      'a Dockerfile',
      {
        Dockerfile: 'FROM python:3.12\nCMD ["uvicorn", "core.api:api", "--port", "80"]',
        'core/api.py': 'from fastapi import FastAPI\napi = FastAPI()\n',
      },
      'core.api:api',
    ],
    [
      'middleware keeps the app',
      { 'app.py': `${flask}from x import ProxyFix\napplication = ProxyFix(app)\n` },
      'app:app',
    ],
    [
      'a subclass of Flask',
      { 'app.py': 'from flask import Flask\nclass Shop(Flask):\n    pass\napp = Shop(__name__)\n' },
      'app:app',
    ],
    ['plain WSGI', { 'app.py': 'def application(environ, start_response):\n    return []\n' }, 'app:application'],
    [
      'a src layout',
      { 'pyproject.toml': '[project]\nname="shop"', 'src/shop/__init__.py': factory },
      'shop:create_app()',
    ],
    ['names in a circle end', { 'app.py': 'from b import app\n', 'b.py': 'from app import app\n# Flask(\n' }, null],
  ];
  test.each(cases)('%s', (_, texts, entry) => {
    expect(profile(texts).entry).toBe(entry);
  });

  test('runners-up are shown: without pages, or for development, they come last', () => {
    const found = profile({
      'dev_server.py': flask,
      'shop/web.py': `${flask}@app.route("/")\ndef x(): pass\n`,
      'run.py': flask,
    });
    expect(found.candidates.map(({ entry }) => entry)).toEqual(['shop.web:app', 'run:app', 'dev_server:app']);
  });
});

describe('the folder', () => {
  test('one app below is found and said', () => {
    const found = profile({ 'api/requirements.txt': 'flask', 'api/main.py': flask, 'web/index.js': '' });
    expect([found.root, found.entry, found.problems[0]?.id]).toEqual(['api', 'main:app', 'sub-folder']);
  });

  test('several are a question', () => {
    const found = profile({
      'one/requirements.txt': 'flask',
      'one/app.py': flask,
      'two/requirements.txt': 'flask',
      'two/app.py': flask,
    });
    expect([found.entry, found.problems[0]?.id, found.problems[0]?.fatal]).toEqual([null, 'several-apps', true]);
    expect(found.problems[0]?.choices).toEqual([
      { folder: 'one', entry: 'app:app', evidence: 'one/app.py:2' },
      { folder: 'two', entry: 'app:app', evidence: 'two/app.py:2' },
    ]);
  });

  test('folders whose scripts import their own packages are several, packages or not', () => {
    const lesson = { 'app.py': 'from site_ import create_app\napp = create_app()\n', 'site_/__init__.py': factory };
    const texts = Object.fromEntries(
      ['lesson1', 'lesson2'].flatMap(folder =>
        Object.entries(lesson).map(([path, text]) => [`${folder}/${path}`, text]),
      ),
    );
    expect(profile(texts).problems[0]).toMatchObject({
      id: 'several-apps',
      choices: [{ folder: 'lesson1' }, { folder: 'lesson2' }],
    });
  });

  test('a folder whose name is no word of Python is no package', () => {
    const found = profile({
      'my-app/__init__.py': '',
      'my-app/app/__init__.py': `from app.pages import home\n${flask}`,
      'my-app/app/pages.py': 'home = 1\n',
    });
    expect([found.root, found.entry]).toEqual(['my-app', 'app:app']);
  });

  test('an app that imports itself by the name of its folder runs above it, with the packages that the folder asks for', () => {
    const found = profile({
      'backend/requirements.txt': 'flask\n',
      'backend/Procfile': 'web: gunicorn "backend.app:create_app()"',
      'backend/app.py': `from backend.config import x\n${factory}`,
      'backend/config.py': 'x = 1\n',
    });
    expect([found.root, found.entry, found.dependencies.files]).toEqual([
      '.',
      'backend.app:create_app()',
      ['backend/requirements.txt'],
    ]);
  });

  test('a folder that was asked for is taken', () => {
    const found = profile({ 'one/app.py': flask, 'two/requirements.txt': 'flask', 'two/app.py': flask }, 'two');
    expect([found.root, found.entry]).toEqual(['two', 'app:app']);
  });

  test("environments and other people's code are not read", () => {
    expect(
      profile({ 'venv/lib/app.py': flask, 'node_modules/x/app.py': flask, 'tests/app.py': flask }).problems[0]?.id,
    ).toBe('no-app');
  });
});

test('routes and the health route stand under the prefixes of their blueprints', () => {
  const found = profile({
    'app.py': `${flask}from views import bp, lost\napp.register_blueprint(bp, url_prefix="/shop")\n@app.route("/", methods=["POST"])\ndef a(): pass\n@app.get("/<int:id>")\ndef b(id): pass\n`,
    'views.py':
      'from flask import Blueprint\nbp = Blueprint("x", __name__, url_prefix="/x")\nlost = Blueprint("l", __name__)\n@bp.route("/healthz")\ndef h(): pass\n@lost.get("/health")\ndef l(): pass\n',
  });
  expect([found.routes, found.health]).toEqual([['/shop/healthz'], '/shop/healthz']);
});

test('a namespace stands below the path it was added with, else its own name', () => {
  const found = profile({
    'app.py': `${flask}from flask_restx import Api, Namespace\napi = Api(app)\nauth = Namespace("auth")\nping = Namespace("ping")\n@auth.route("/status")\nclass Status: pass\n@ping.route("")\nclass Ping: pass\napi.add_namespace(auth)\napi.add_namespace(ping, path="/alive")\n`,
  });
  expect([found.routes, found.health]).toEqual([['/auth/status', '/alive'], '/alive']);
});

test('the environment: required, default, secret, guarded, checked afterwards', () => {
  const found = profile({
    'app.py': `import os\nfrom os import environ, getenv\n${flask}
A = os.environ["A_KEY"]
B = environ.get("B") or "b"
C = getenv("C", 3)
D = os.getenv("D")
if not D:
    raise RuntimeError("D")
try:
    E = os.environ["E"]
except KeyError:
    E = None
os.environ["F"] = "set"
if "G" in os.environ:
    G = os.environ["G"]
`,
    '.env.example': 'B=\nONLY_HERE=1\n',
  });
  expect(
    found.environment.map(({ name, required, secret, default: value }) => [name, required, secret, value]),
  ).toEqual([
    ['A_KEY', true, true, null],
    ['B', false, false, 'b'],
    ['C', false, false, '3'],
    ['D', true, false, null],
    ['E', false, false, null],
    ['G', false, false, null],
    ['ONLY_HERE', false, false, null],
  ]);
});

test("variables of a file that the server never loads are not the app's", () => {
  expect(profile({ 'app.py': flask, 'deploy.py': 'import os\nos.environ["SSH_KEY"]' }).environment).toEqual([]);
});

describe('python', () => {
  const pyproject = '[project]\nname = "x"\nrequires-python = ">=3.9"\n';
  const cases: readonly (readonly [Texts, string | null])[] = [
    [{ '.python-version': '3.12.1\n', 'pyproject.toml': pyproject }, '==3.12.*'],
    [{ 'runtime.txt': 'python-3.6.0', 'pyproject.toml': pyproject }, '>=3.9'],
    [{ 'runtime.txt': 'python-3.11.2' }, '==3.11.*'],
    [{ Pipfile: '[requires]\npython_version = "3.8"' }, '==3.8.*'],
    [{ 'environment.yml': 'dependencies:\n  - python=3.8.5=h7579374_1\n  - flask\n' }, '==3.8.*'],
    [{ 'environment.yml': 'dependencies:\n  - "conda-forge::python>=3.9"\n' }, '>=3.9'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.9"' }, '>=3.9,<4.0'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "~3.9"' }, '>=3.9,<3.10'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "3.11"' }, '==3.11.*'],
    [{ Dockerfile: 'FROM python:slim' }, null],
    [{ Dockerfile: 'FROM python:3.10-slim AS base' }, '==3.10.*'],
    [{ '.github/workflows/ci.yml': 'matrix:\n  python-version: ["3.9", "3.10", 3.12]' }, '>=3.9,<3.13'],
  ];
  test.each(cases)('%j', (texts, requires) => {
    expect(profile({ 'app.py': flask, ...texts }).python.requires).toBe(requires);
  });
});

describe('what stops a deploy', () => {
  const cases: readonly (readonly [string, Texts])[] = [
    ['submodule', { '.gitmodules': '[submodule "x"]\n  path = vendor/x\n' }],
    ['lfs', { '.gitattributes': '*.bin filter=lfs diff=lfs' }],
  ];
  test.each(cases)('%s', (id, texts) => {
    expect(profile({ 'app.py': flask, ...texts }).problems).toMatchObject([{ id, fatal: true }]);
  });

  test('nothing says what to install', () => {
    const texts = textFiles({ 'app.py': `${flask}import os, bs4\nimport shop\n`, 'shop.py': 'import requests' });
    const { problems } = profileOf(texts, parse, { app: 'x' }).profile;
    expect(problems).toMatchObject([
      { id: 'no-manifest', fatal: true, message: expect.stringContaining('beautifulsoup4 flask requests') },
    ]);
  });
});

describe('what the imports of an app without a manifest need', () => {
  test.each([
    ['import cv2, sklearn, yaml, PIL', 'Pillow PyYAML flask opencv-python-headless scikit-learn'],
    ['from flask_sqlalchemy import SQLAlchemy\nimport flask_login', 'Flask-Login Flask-SQLAlchemy flask'],
    [
      'from google.cloud import storage\nimport google.cloud.pubsub_v1',
      'flask google-cloud-pubsub google-cloud-storage',
    ],
    ['from google.oauth2 import id_token', 'flask google-auth'],
    ['from .models import X\nimport json, some_thing.part', 'flask some-thing'],
    ['import pkg_resources', "flask 'setuptools<81'"],
  ])('%s', (imports, names) => {
    const { problems } = profileOf(textFiles({ 'app.py': `${flask}${imports}\n` }), parse, { app: 'x' }).profile;
    const said = problems.find(({ id }) => id === 'no-manifest');
    expect(said?.next).toEqual([`printf '%s\\n' ${names} > requirements.txt`]);
  });
});

test('a broken file is read as far as it goes', () => {
  const found = profile({ 'app.py': `${flask}def (:\n  @@@\n`, 'pyproject.toml': '[[[', 'uv.lock': 'x' });
  expect(found.entry).toBe('app:app');
});

test('settings that the app names in a string count as loaded', () => {
  const found = profile({
    'app.py': `${flask}app.config.from_object("config")\n`,
    'config.py': 'UPLOAD_FOLDER = "pool"\n',
  });
  expect(found.state.map(({ path, kind }) => [path, kind])).toEqual([['pool', 'folder']]);
});

test.each([
  ['import os\nKEY', 'app.secret_key = os.urandom(24)', true],
  ['import secrets\nKEY', 'app.config["SECRET_KEY"] = secrets.token_hex()', true],
  ['import os\nKEY', 'app.config.update(\n    SECRET_KEY=os.urandom(32),\n)', true],
  ['import os\nKEY', 'app.secret_key = os.environ["SECRET_KEY"]', false],
])('a key that is made at each start wants one process, and is said: %s %s', (above, line, isRandom) => {
  const found = profile({ 'app.py': `${above.replace('KEY', '')}${flask}${line}\n` });
  expect(found.needs.singleProcess).toBe(isRandom);
  expect(found.problems.some(({ id }) => id === 'random-key')).toBe(isRandom);
});
