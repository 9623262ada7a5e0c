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

const flask = 'import os\nfrom flask import Flask\napp = Flask(__name__)\n';
const profile = (texts: Texts, root?: string) =>
  profileOf(textFiles({ 'requirements.txt': 'flask', ...texts }), parse, {
    app: 'x',
    ...(root === undefined ? {} : { root }),
  }).profile;
const wanted = (texts: Texts) =>
  profile(texts).problems.flatMap(({ file, place }) => (file ? [{ ...file, place }] : []));

describe('a settings file that the repository lacks', () => {
  const cases: readonly (readonly [string, Texts, { path: string; sample: string | null; place: string }])[] = [
    [
      'Flask reads it',
      { 'app.py': `${flask}app.config.from_pyfile("shop.cfg")\n` },
      { path: 'shop.cfg', sample: null, place: 'app.py:4' },
    ],
    [
      'Flask reads it in the package of the app',
      {
        'shop/__init__.py': `import json\n${flask}app.config.from_file("config.json", load=json.load)\n`,
        'shop/config.example.json': '{}',
      },
      { path: 'shop/config.json', sample: 'shop/config.example.json', place: 'shop/__init__.py:5' },
    ],
    [
      'Flask reads it in the instance folder',
      {
        'app.py': `import flask\napp = flask.Flask(__name__, instance_relative_config=True)\napp.config.from_pyfile("config.py")\n`,
      },
      { path: 'instance/config.py', sample: null, place: 'app.py:3' },
    ],
    [
      'configparser reads it',
      {
        'app.py': `${flask}import configparser\nc = configparser.ConfigParser()\nc.read("config.ini")\n`,
        'config.ini.sample': '',
      },
      { path: 'config.ini', sample: 'config.ini.sample', place: 'app.py:6' },
    ],
    [
      'it is opened, and has an example',
      { 'app.py': `${flask}x = open(os.path.join(os.path.dirname(__file__), "keys.json"))\n`, 'example.keys.json': '' },
      { path: 'keys.json', sample: 'example.keys.json', place: 'app.py:4' },
    ],
    [
      'it is opened, and git ignores it',
      { 'app.py': `${flask}with open("conf/keys.yml") as f: pass\n`, '.gitignore': '*.pyc\n/conf/*.yml\n' },
      { path: 'conf/keys.yml', sample: null, place: 'app.py:4' },
    ],
    [
      'it is imported, and has an example',
      { 'app.py': `${flask}import local_settings\n`, 'local_settings.py.example': '' },
      { path: 'local_settings.py', sample: 'local_settings.py.example', place: 'app.py:4' },
    ],
    [
      'it is imported beside the package, and git ignores it',
      { 'shop/__init__.py': `${flask}from .secrets import KEY\n`, 'shop/.gitignore': 'secrets.py\n' },
      { path: 'shop/secrets.py', sample: null, place: 'shop/__init__.py:4' },
    ],
    [
      'it is named as an object',
      { 'app.py': `${flask}app.config.from_object("config.Production")\n`, 'config-sample.py': '' },
      { path: 'config.py', sample: 'config-sample.py', place: 'app.py:4' },
    ],
  ];
  test.each(cases)('%s', (_, texts, want) => {
    expect(wanted(texts)).toEqual([want]);
  });

  test('each release gets the one of its place', () => {
    const texts = { 'app.py': `${flask}app.config.from_pyfile("shop.cfg")\n` };
    expect(profile(texts).state).toEqual([{ path: 'shop.cfg', kind: 'file', evidence: 'app.py:4' }]);
  });

  test('in a sub-folder its path is the repository’s', () => {
    const texts = { 'api/app.py': `${flask}app.config.from_pyfile("x.cfg")\n`, 'api/requirements.txt': 'flask' };
    expect(wanted(texts)).toEqual([{ path: 'api/x.cfg', sample: null, place: 'api/app.py:4' }]);
  });

  test.each<[string, Texts]>([
    ['it is there', { 'app.py': `${flask}app.config.from_pyfile("a.cfg")\n`, 'a.cfg': '' }],
    ['it may be absent', { 'app.py': `${flask}app.config.from_pyfile("a.cfg", silent=True)\n` }],
    ['nothing says that people make it', { 'app.py': `${flask}x = open("data.json")\nimport flask_thing, redis\n` }],
    ['it is written', { 'app.py': `${flask}x = open("a.json", "w")\n`, '.gitignore': 'a.json' }],
    [
      'absence is seen to',
      {
        'app.py': `${flask}try:\n    import local_settings\nexcept ImportError: pass\nif os.path.exists("a.json"):\n    open("a.json")\n`,
        '.gitignore': 'local_settings.py\na.json\n',
      },
    ],
    ['a build makes it', { 'app.py': `${flask}import _version\n`, '.gitignore': '_version.py\n' }],
    ['it lies elsewhere', { 'app.py': `${flask}app.config.from_pyfile("/etc/shop.cfg")\n` }],
  ])('nothing is said where %s', (_, texts) => {
    expect(wanted(texts)).toEqual([]);
  });

  test('a variable names it', () => {
    const text = `${flask}app.config.from_envvar("SHOP_SETTINGS")\napp.config.from_envvar("MORE", silent=True)\n`;
    expect(profile({ 'app.py': text }).environment.map(({ name, required }) => [name, required])).toEqual([
      ['MORE', false],
      ['SHOP_SETTINGS', true],
    ]);
  });
});
