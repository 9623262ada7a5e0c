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

const flask = 'from flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef x(): pass\n';

describe('Python 2', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['print', 'print "x"\n', 5],
    ['except', 'try:\n    x()\nexcept KeyError, key:\n    pass\n', 7],
  ];
  test.each(cases)('%s stops a deploy', (_, code, line) => {
    expect(profile({ 'app.py': flask + code }).problems).toMatchObject([
      { id: 'python-2', fatal: true, place: `app.py:${line}` },
    ]);
  });

  test('text that only looks like it, and two exceptions of today, do not', () => {
    const code = '"""\nprint "x"\n"""\ntry:\n    x()\nexcept KeyError, ValueError:\n    pass\nprint ("x")\n';
    expect(profile({ 'app.py': flask + code }).problems).toEqual([]);
  });

  test('a file that no server loads does not', () => {
    expect(profile({ 'app.py': flask, 'fabfile2.py': 'print "x"\n' }).problems).toEqual([]);
  });

  test('a declaration alone is said', () => {
    const { problems } = profile({ 'app.py': flask, 'runtime.txt': 'python-2.7.18' });
    expect(problems).toMatchObject([{ id: 'python-2', place: 'runtime.txt:1' }]);
    expect(problems[0]?.fatal).toBeUndefined();
  });
});

describe('no app', () => {
  const cases: readonly (readonly [string, Texts, string, string | undefined])[] = [
    [
      'below __main__',
      { 'x.py': 'from flask import Flask\nif __name__ == "__main__":\n    app = Flask(__name__)\n' },
      'below `if',
      'x.py:3',
    ],
    [
      'inside main()',
      { 'x.py': 'from flask import Flask\ndef main():\n    Flask(__name__).run()\n' },
      'inside main()',
      'x.py:3',
    ],
    [
      'a factory that nobody calls',
      { 'x.py': 'from flask import Flask\ndef create_app(conf):\n    return Flask(conf)\n' },
      'create_app(conf)',
      'x.py:2',
    ],
    [
      'a library',
      { 'setup.py': 'setup(\n  name="shelf")', 'shelf/__init__.py': '' },
      'the package shelf (setup.py)',
      'setup.py:2',
    ],
    ['notebooks', { 'a.ipynb': '{}' }, 'notebooks', undefined],
  ];
  test.each(cases)('%s', (_, texts, words, place) => {
    const [problem] = profile(texts).problems;
    expect(problem).toMatchObject({ id: 'no-app', fatal: true, message: expect.stringContaining(words) });
    expect(problem?.place).toBe(place);
  });
});

test('a template has to be filled in, even where its own scripts say what starts', () => {
  const found = profile({
    'cookiecutter.json': '{}',
    '{{cookiecutter.slug}}/app.py': flask,
    '{{cookiecutter.slug}}/docker-compose.yml': 'services:\n  web:\n    build: .\n    command: gunicorn app:app\n',
    'docker-compose.yml': "services:\n  web:\n    build: './{{cookiecutter.slug}}'\n    command: gunicorn app:app\n",
  });
  expect([found.entry, found.problems.map(({ id }) => id)]).toEqual([null, ['template']]);
});

test('a Procfile that names no app is said as it is', () => {
  const { problems } = profile({ 'runapp.py': 'serve()\n', Procfile: 'web: ./run' });
  expect(problems[0]?.message).toContain('a Procfile that starts "./run"');
});

test('modules that only Python 2 finds beside their package are read too', () => {
  const { problems } = profile({
    'shop/__init__.py': 'from flask import Flask\nfrom words import x\napp = Flask(__name__)\n',
    'shop/words.py': 'try:\n    x = 1\nexcept Exception, e:\n    raise e\n',
  });
  expect(problems).toMatchObject([{ id: 'python-2', fatal: true, place: 'shop/words.py:3' }]);
});

test('a template has to be filled in first', () => {
  const texts = {
    'cookiecutter.json': '{}',
    '{{cookiecutter.name}}/app.py': flask,
    '{{cookiecutter.name}}/Procfile': 'web: gunicorn app:app',
  };
  expect(profile(texts).problems).toMatchObject([
    { id: 'template', fatal: true, message: expect.stringContaining('cookiecutter') },
  ]);
});

test('a server that starts at import is named with its line', () => {
  expect(profile({ 'app.py': `${flask}app.run(port=80)\n` }).problems).toMatchObject([
    { id: 'runs-at-import', fatal: true, place: 'app.py:5' },
  ]);
  expect(profile({ 'app.py': `${flask}socketio.run(app)\n` }).problems).toMatchObject([{ id: 'runs-at-import' }]);
  expect(profile({ 'app.py': `${flask}if __name__ == "__main__":\n    app.run()\n` }).problems).toEqual([]);
});

describe('what only python app.py does', () => {
  const under = (step: string) => `${flask}if __name__ == "__main__":\n    ${step}\n    app.run()\n`;

  test.each([
    ['app.config["MONGO_URI"] = uri', 'MONGO_URI is set'],
    ['db.create_all()', 'the tables are made'],
    ['app.register_blueprint(bp)', 'pages are added'],
  ])('%s', (step, said) => {
    const found = profile({ 'app.py': under(step) }).problems.find(({ id }) => id === 'only-under-main');
    expect(found).toMatchObject({ place: 'app.py:6', message: expect.stringContaining(said) });
    expect(found?.fatal).toBeUndefined();
  });

  test.each([
    ['debugging', { 'app.py': under('app.config["DEBUG"] = True') }],
    ['a setting that is made above too', { 'app.py': `MONGO_URI = "x"\n${under('app.config["MONGO_URI"] = uri')}` }],
    ['tables that a command makes', { 'app.py': under('db.create_all()'), 'tool.py': 'db.create_all()\n' }],
  ])('%s is no problem', (_, texts) => {
    expect(profile(texts).problems.filter(({ id }) => id === 'only-under-main')).toEqual([]);
  });
});

test('a package that was never carried over to Python 3 is refused with its successor', () => {
  const texts = { 'app.py': flask, 'requirements.txt': 'flask\nMySQL-python==1.2.5\n' };
  expect(profile(texts).problems).toContainEqual({
    id: 'python-2-package',
    fatal: true,
    message: 'mysql-python exists for Python 2 only.',
    place: 'requirements.txt:2',
    next: ['replace it by mysqlclient, and pin that'],
  });
  const told = { ...texts, 'requirements.txt': 'flask\nMySQL-python==1.2.5 ; python_version < "3"\n' };
  expect(profile(told).problems.filter(({ fatal }) => fatal)).toEqual([]);
});

test('modules that look like the own of an app are not proposed as packages', () => {
  const found = profileOf(textFiles({ 'app.py': `import config, dto\nimport celery\n${flask}` }), parse, {
    app: 'x',
  }).profile.problems.find(({ id }) => id === 'no-manifest');
  expect(found?.next).toEqual(["printf '%s\\n' celery flask > requirements.txt"]);
  expect(found?.message).toContain('config, dto look like modules of the app itself, and are not in the repository');
});

test('a script of Python 2 beside an app of Django stops nothing', () => {
  const django = {
    'manage.py': 'import django\n',
    'shop/__init__.py': '',
    'shop/settings.py': 'WSGI_APPLICATION = "shop.wsgi.application"\nROOT_URLCONF = "shop.urls"\n',
    'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'scripts/once.py': 'print "x"\n',
  };
  const ids = (texts: Texts) =>
    profile(texts)
      .problems.filter(({ fatal }) => fatal)
      .map(({ id }) => id);
  expect(ids(django)).toEqual([]);
  expect(ids({ ...django, 'shop/old.py': 'print "x"\n' })).toEqual(['python-2']);
});
