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

function profile(texts: Texts) {
  return profileOf(textFiles({ 'requirements.txt': 'flask', ...texts }), parse, { app: 'x' }).profile;
}

const pages = '@app.route("/")\ndef home(): return "x"\n';
const flask = `from flask import Flask\napp = Flask(__name__)\n${pages}`;
/** Two apps, so that only what somebody wrote can decide. */
const two: Texts = { 'app.py': flask, 'shop/web.py': flask };

describe('where people say what starts', () => {
  const cases: readonly (readonly [string, Texts, string])[] = [
    [
      'render.yaml',
      { 'render.yaml': 'services:\n  - type: web\n    startCommand: gunicorn shop.web:app\n' },
      'render.yaml:3',
    ],
    ['fly.toml', { 'fly.toml': '[processes]\nweb = "gunicorn shop.web:app"\n' }, 'fly.toml:2'],
    ['railway.json', { 'railway.json': '{"deploy":\n{"startCommand": "gunicorn shop.web:app"}}' }, 'railway.json:2'],
    ['nixpacks.toml', { 'nixpacks.toml': '[start]\ncmd = "gunicorn shop.web:app"' }, 'nixpacks.toml:2'],
    ['App Engine', { 'app.yaml': 'runtime: python39\nentrypoint: gunicorn -b :$PORT shop.web:app' }, 'app.yaml:2'],
    [
      'Elastic Beanstalk',
      {
        '.ebextensions/a.config':
          'option_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: shop.web:app\n',
      },
      '.ebextensions/a.config:3',
    ],
    ['zappa', { 'zappa_settings.json': '{"live": {\n"app_function": "shop.web.app"}}' }, 'zappa_settings.json:2'],
    ['zappa in YAML', { 'zappa_settings.yml': 'live:\n  app_function: shop.web.app\n' }, 'zappa_settings.yml:2'],
    ['vercel', { 'vercel.json': '{"builds": [\n{"src": "shop/web.py", "use": "@vercel/python"}]}' }, 'vercel.json:2'],
    [
      'a start script',
      { 'start.sh': '#!/bin/sh\n# gunicorn app:app\nexec gunicorn \\\n  -w 2 shop.web:app\n' },
      'start.sh:3',
    ],
    [
      'a script with a variable',
      { 'run.sh': `MODULE=\${MODULE:-shop.web}\nexec gunicorn "$MODULE:app"\n` },
      'run.sh:2',
    ],
    [
      'a Makefile',
      { Makefile: 'APP = shop.web:app\ndev:\n\tflask run\nserve:\n\tgunicorn $(APP)\n', 'app.py': '' },
      'Makefile:5',
    ],
    [
      'systemd',
      { 'deploy/shop.service': '[Service]\nExecStart=/srv/shop/venv/bin/gunicorn -w 3 shop.web:app\n' },
      'deploy/shop.service:2',
    ],
    [
      'supervisor',
      { 'supervisord.conf': '[program:worker]\ncommand=celery worker\n[program:web]\ncommand=gunicorn shop.web:app\n' },
      'supervisord.conf:4',
    ],
    ['uwsgi.ini', { 'uwsgi.ini': '[uwsgi]\nmodule = shop.web\ncallable = app\n' }, 'uwsgi.ini:2'],
    ['uwsgi.xml', { 'conf/uwsgi.xml': '<uwsgi>\n<module>shop.web:app</module>\n</uwsgi>' }, 'conf/uwsgi.xml:2'],
    [
      'a command that reads uwsgi.ini',
      { Procfile: 'web: uwsgi settings.ini', 'settings.ini': '[uwsgi]\nwsgi-file = shop/web.py\ncallable = app\n' },
      'settings.ini:2',
    ],
    [
      'package.json',
      { 'package.json': '{"scripts": {\n"start": "gunicorn shop.web:app"}}', 'app.py': '' },
      'package.json:2',
    ],
    ['mod_wsgi', { 'site.wsgi': 'import sys\nfrom shop.web import app as application\n', 'app.py': '' }, 'site.wsgi:2'],
    ['app.json', { 'app.json': '{"env": {\n"FLASK_APP": {"value": "shop.web"}}}' }, 'app.json:2'],
    ['an exported FLASK_APP', { 'dev.sh': 'export FLASK_APP=shop/web.py\n' }, 'dev.sh:1'],
    ["FastAPI's entrypoint", { 'pyproject.toml': '[tool.fastapi]\nentrypoint = "shop.web:app"\n' }, 'pyproject.toml:2'],
    [
      'a script of the project',
      {
        'pyproject.toml': '[project.scripts]\nshop = "shop.web:main"\n',
        'shop/web.py': `${flask}def main(): app.run()\n`,
        'app.py': '',
      },
      'pyproject.toml:2',
    ],
    [
      'compose',
      {
        'docker-compose.yml':
          'services:\n  db:\n    image: postgres\n  web:\n    build: .\n    command: gunicorn shop.web:app\n',
      },
      'docker-compose.yml:6',
    ],
    [
      'compose of production',
      {
        'docker-compose.yml': 'services:\n  web:\n    build: .\n    command: flask --app app run\n',
        'docker-compose.prod.yml': 'services:\n  web:\n    build: .\n    command: ["gunicorn", "shop.web:app"]\n',
      },
      'docker-compose.prod.yml:4',
    ],
    [
      "compose's FLASK_APP",
      {
        'compose.yaml':
          'services:\n  web:\n    build: .\n    command: flask run\n    environment:\n      - FLASK_APP=shop.web\n',
      },
      'compose.yaml:4',
    ],
    [
      'a script in an image',
      {
        Dockerfile: 'FROM python\nCOPY . /app\nCOPY deploy/start.sh /start.sh\nCMD ["/start.sh"]\n',
        'deploy/start.sh': 'cd /app\ngunicorn shop.web:app\n',
      },
      'deploy/start.sh:2',
    ],
  ];
  test.each(cases)('%s', (_, texts, evidence) => {
    const found = profile({ ...two, ...texts });
    expect([found.entry, found.evidence.entry, found.root]).toEqual(['shop.web:app', evidence, '.']);
  });

  const silent: readonly (readonly [string, Texts])[] = [
    ["another service's Dockerfile", { 'frontend/Dockerfile': 'FROM node\nCMD ["npm", "start"]\n' }],
    [
      'a service that is not built here',
      { 'compose.yml': 'services:\n  x:\n    image: y\n    command: gunicorn shop.web:app\n' },
    ],
    ['a name that its module does not have', { Procfile: 'web: gunicorn shop.web:server' }],
    [
      'a module that is not there',
      { 'render.yaml': 'services:\n  - type: web\n    startCommand: gunicorn mysite.wsgi\n' },
    ],
    ['a line that only installs', { 'start.sh': 'pip install gunicorn shop.web:app\n' }],
    ['the README', { 'README.md': 'gunicorn shop.web:app' }],
    ['a broken file', { 'render.yaml': 'a: [', 'railway.json': '{', 'fly.toml': '=', 'compose.yml': '\t- x' }],
  ];
  test.each(silent)('%s says nothing', (_, texts) => {
    expect(profile({ ...two, ...texts }).entry).toBe('app:app');
  });
});

describe('the folder that a command means', () => {
  const below: Texts = {
    'services/web/site.py': flask,
    'services/web/other.py': flask,
    'services/web/requirements.txt': 'flask',
  };
  const cases: readonly (readonly [string, Texts])[] = [
    [
      "compose's context",
      { 'compose.yml': 'services:\n  web:\n    build: ./services/web\n    command: gunicorn other:app\n' },
    ],
    [
      "compose's volume",
      {
        'compose.yml':
          'services:\n  web:\n    image: python:3.12\n    working_dir: /app\n    volumes: ["./services/web:/app"]\n    command: gunicorn other:app\n',
      },
    ],
    [
      'what a Dockerfile copies',
      {
        Dockerfile:
          'FROM python\nENV HOME_DIR=/srv/app\nWORKDIR $HOME_DIR\nCOPY services/web/ .\nCMD gunicorn other:app\n',
      },
    ],
    [
      'a Dockerfile beside the app',
      { 'services/web/Dockerfile.prod': 'FROM python AS x\nWORKDIR /x\nCOPY . .\nCMD ["gunicorn", "other:app"]\n' },
    ],
    [
      'rootDir',
      { 'render.yaml': 'services:\n  - type: web\n    rootDir: services/web\n    startCommand: gunicorn other:app\n' },
    ],
    [
      'WorkingDirectory',
      { 'x.service': '[Service]\nWorkingDirectory=/home/me/x/services/web\nExecStart=gunicorn other:app\n' },
    ],
    ['a script that changes it', { 'start.sh': 'cd services/web\ngunicorn other:app\n' }],
  ];
  test.each(cases)('%s', (_, texts) => {
    const found = profile({ ...below, ...texts });
    expect([found.root, found.entry]).toEqual(['services/web', 'other:app']);
  });

  test('a script above that happens to make an app does not hide it', () => {
    const found = profile({ 'train.py': flask, 'serve/app.py': flask, 'serve/requirements.txt': 'flask' });
    expect([found.root, found.entry, profile({ 'train.py': flask }).entry]).toEqual(['serve', 'app:app', 'train:app']);
  });

  test('two services with pages are a question, a worker is none', () => {
    const compose =
      'services:\n  a:\n    build: a\n    command: gunicorn app:app\n  b:\n    build: b\n    command: gunicorn app:app\n';
    const both = { 'compose.yml': compose, 'a/app.py': flask, 'b/app.py': flask };
    expect(profile(both).problems).toMatchObject([
      { id: 'several-apps', fatal: true, choices: [{ folder: 'a' }, { folder: 'b' }] },
    ]);
    const worker = profile({ ...both, 'b/app.py': flask.replace(pages, '') });
    expect([worker.root, worker.entry]).toEqual(['a', 'app:app']);
  });
});

describe('the app that is meant', () => {
  const dash = 'from dash import Dash\napp = Dash(__name__)\n';
  const factory =
    'from flask import Flask\ndef create_app(name):\n    app = Flask(__name__)\n    app.config.from_object(name)\n    app.register_blueprint(x)\n    return app\n';
  const cases: readonly (readonly [string, Texts, string | null])[] = [
    ["Dash's server", { 'app.py': `${dash}app.layout = 1\nserver = app.server\n` }, 'app:server'],
    ['Dash without a name for its server', { 'app.py': `${dash}app.layout = 1\n` }, 'app:app.server'],
    [
      'the module that gives Dash its pages',
      { 'app.py': `${dash}server = app.server\n`, 'index.py': 'from app import app, server\napp.layout = 1\n' },
      'index:server',
    ],
    [
      'app.py beside a package app, which hides it',
      {
        'app/__init__.py': factory.replace('(name)', '()').replace('name)', '"x")'),
        'app.py': 'from app import create_app\napp = create_app()\n',
        '.flaskenv': 'FLASK_APP=app.py',
      },
      'app:create_app()',
    ],
    [
      'a module that starts a server when imported',
      {
        'shop/__init__.py': factory.replace('(name)', '(name="x")'),
        'server.py': 'from shop import create_app\napp = create_app()\napp.run()\n',
      },
      'shop:create_app()',
    ],
    ['a star import', { 'app.py': `from flask import *\napp = Flask(__name__)\n${pages}` }, 'app:app'],
    [
      'web.py',
      { 'app.py': 'import web\napplication = web.application(urls, globals()).wsgifunc()\n' },
      'app:application',
    ],
    ['Sanic', { 'app.py': 'from sanic import Sanic\napp = Sanic("x")\n' }, 'app:app'],
    [
      'a factory told its configuration below __main__',
      {
        'shop/__init__.py': factory,
        'run.py': 'from shop import create_app\nif __name__ == "__main__":\n    create_app("live").run()\n',
      },
      "shop:create_app('live')",
    ],
    [
      'the default of a variable',
      {
        'shop/__init__.py': factory,
        'run.py':
          'import os\nfrom shop import create_app\ndef main():\n    create_app(os.getenv("MODE") or "default").run()\n',
      },
      "shop:create_app('default')",
    ],
    [
      "the configuration's name for production",
      {
        'shop/__init__.py': factory,
        'shop/config.py': 'config = {"development": A, "production": B}\n',
        'run.py': 'from shop import create_app\ndef main():\n    create_app("development").run()\n',
      },
      "shop:create_app('production')",
    ],
    [
      'a class that from_object takes by name too',
      {
        'shop/__init__.py': factory,
        'shop/config.py': 'class Live: pass\n',
        'run.py':
          'from shop import create_app\nfrom shop.config import Live\ndef main():\n    create_app(Live).run()\n',
      },
      "shop:create_app('shop.config.Live')",
    ],
    [
      'an app made for development loses',
      {
        'shop/__init__.py': factory.replace('(name)', '(name="Live")'),
        'app.py': 'from shop import create_app\napp = create_app("development")\n',
      },
      'shop:create_app()',
    ],
    [
      'what runs in production needs no good name',
      { 'manage.py': flask, 'app.py': flask, Procfile: 'web: gunicorn manage:app' },
      'manage:app',
    ],
  ];
  test.each(cases)('%s', (_, texts, entry) => {
    expect(profile(texts).entry).toBe(entry);
  });
});
