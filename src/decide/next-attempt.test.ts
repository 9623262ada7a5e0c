import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Interpreter } from '../model/deployment.ts';
import type { Profile } from '../model/profile.ts';
import { type Attempt, allowedInterpreters, nextAttempt, type Subject } from './next-attempt.ts';
import { noRemedies } from './remedies.ts';

const interpreter = (version: string): Interpreter => ({
  path: `/python/${version}`,
  version,
  platform: 'linux-x86_64',
  pip: true,
  ensurepip: true,
});
const here = ['3.6.15', '3.10.13', '3.13.0', '3.11.7', '3.9.18', '3.12.1'].map(interpreter);
const profile = (requires: string | null) =>
  ({
    python: { requires, source: requires === null ? null : 'pyproject.toml:3' },
    environment: [] as Profile['environment'],
    problems: [] as Profile['problems'],
  }) as Profile;
const day = 24 * 3600;
/** Of an app whose last commit is so many days old, and that these files describe. */
const subject = (requires: string | null, days = 0, files = ['requirements.txt']): Subject => ({
  profile: profile(requires),
  install: { files, declared: { flask: '', 'old-package': '>=1' } },
  committedAt: 1_600_000_000,
  now: 1_600_000_000 + days * day,
});
const failed = (version: string, step: string, output: string, remedies = noRemedies): Attempt => ({
  python: interpreter(version),
  remedies,
  failure: { step, reason: 'exit', message: 'exited with status 1', output: output.split('\n') },
});

describe('allowedInterpreters', () => {
  it.each([
    [null, ['3.13.0', '3.12.1', '3.11.7', '3.10.13', '3.9.18', '3.6.15']],
    ['>=3.11', ['3.13.0', '3.12.1', '3.11.7']],
    ['>=3.9,<3.12', ['3.11.7', '3.10.13', '3.9.18']],
    ['==3.11.*', ['3.11.7']],
    ['==3.11.4', ['3.11.7']],
    ['==3.6.*', ['3.6.15']],
    ['>=3.14', []],
  ])('for %j are %j', (requires, versions) => {
    expect(allowedInterpreters(profile(requires), here).map(one => one.version)).toEqual(versions);
  });
});

describe('nextAttempt', () => {
  it('begins with the newest that is allowed', () => {
    expect(nextAttempt(subject(null), here, [])).toMatchObject({ kind: 'try', python: { version: '3.13.0' } });
  });

  it('names what is there when nothing fits', () => {
    expect(nextAttempt(subject('>=3.14'), here, [])).toMatchObject({ kind: 'none', requires: '>=3.14' });
  });

  it('steps down when a package does not build', () => {
    const attempts = [
      failed(
        '3.13.0',
        'build.install',
        'error: Failed to build `greenlet==1.1.2`\n  longintrepr.h: No such file or directory',
      ),
    ];
    expect(nextAttempt(subject(null), here, attempts)).toMatchObject({ kind: 'try', python: { version: '3.12.1' } });
  });

  it('steps down when a dependency imports what newer Pythons have no more', () => {
    const output =
      'Traceback (most recent call last):\n  File "/app/app.py", line 1, in <module>\n    import old\n  File "/venv/lib/python3.12/site-packages/old/__init__.py", line 3, in <module>\nModuleNotFoundError: No module named \'asynchat\'';
    expect(nextAttempt(subject(null), here, [failed('3.12.1', 'gate.http', output)])).toMatchObject({
      kind: 'try',
      python: { version: '3.11.7' },
    });
  });

  it.each([
    [
      'the app itself',
      'Traceback (most recent call last):\n  File "/state/apps/x/releases/v1/code/app.py", line 3, in <module>\nImportError: cannot import name y',
    ],
    [
      'a missing package',
      'Traceback (most recent call last):\n  File "/state/apps/x/releases/v1/code/app.py", line 3, in <module>\nModuleNotFoundError: No module named \'redis\'',
    ],
    [
      'what the app asked of a dependency',
      'Traceback (most recent call last):\n  File "<frozen importlib._bootstrap>", line 488, in _call_with_frames_removed\n  File "/state/apps/x/releases/v1/code/app.py", line 5, in <module>\n    db.init_app(app)\n  File "/state/venvs/a/lib/python3.13/site-packages/flask_sqlalchemy/extension.py", line 325, in init_app\n    raise RuntimeError(\nRuntimeError: Either SQLALCHEMY_DATABASE_URI or SQLALCHEMY_BINDS must be set.',
    ],
    [
      "the app, and gunicorn's own end follows",
      'Traceback (most recent call last):\n  File "/state/apps/x/releases/v1/code/app.py", line 3, in <module>\n    from prices import discount\nImportError: cannot import name discount\n[2026-01-01 00:00:00 +0000] [7] [ERROR] Reason: Worker failed to boot.\nTraceback (most recent call last):\n  File "/state/venvs/a/lib/python3.13/site-packages/gunicorn/arbiter.py", line 683, in reap_workers\n    raise HaltServer(reason, self.WORKER_BOOT_ERROR)\ngunicorn.errors.HaltServer: <HaltServer>',
    ],
  ])('stops when the failure is in %s', (_, output) => {
    expect(nextAttempt(subject(null), here, [failed('3.13.0', 'gate.http', output)])).toEqual({ kind: 'stop' });
  });

  it.each([
    'No space left on device (os error 28)',
    'error: invalid peer certificate: UnknownIssuer',
    'Could not connect, are you offline?\n Connection refused',
  ])('stops at %j', output => {
    expect(nextAttempt(subject(null), here, [failed('3.13.0', 'build.install', output)])).toEqual({ kind: 'stop' });
  });

  it('goes on without a build tool of its own that a package refuses', () => {
    const python = interpreter('3.13.0');
    const remedies = { ...noRemedies, build: ['setuptools<46'] };
    const output = ['Because you require setuptools>=70.1 and setuptools<46, the requirements are unsatisfiable.'];
    const refused: Attempt = {
      python,
      remedies,
      failure: { reason: 'exit', message: 'exited with status 1', step: 'build.install', output },
    };
    const feature = failed('3.12.1', 'build.install', "ImportError: cannot import name 'Feature' from 'setuptools'");
    const next = { kind: 'try', python: { version: '3.12.1' }, remedies: { build: [] } };
    expect(nextAttempt(subject(null), here, [refused])).toMatchObject(next);
    expect(nextAttempt(subject(null), here, [refused, feature])).toMatchObject({
      ...next,
      python: { version: '3.11.7' },
    });
  });

  it('stops at the end of the list', () => {
    const attempts = [failed('3.11.7', 'build.install', 'error: Failed to build `x`')];
    expect(nextAttempt(subject('==3.11.*'), here, attempts)).toEqual({ kind: 'stop' });
  });
});

describe('remedies', () => {
  const trace = (file: string, error: string) =>
    `Traceback (most recent call last):\n  File "/app/app.py", line 1, in <module>\n    import old\n  File "${file}", line 3, in <module>\n${error}`;
  const inside = '/venv/lib/python3.13/site-packages/old/__init__.py';

  it('brings setuptools back for a package that counts on it, on the same Python, once', () => {
    const output = trace(inside, "ModuleNotFoundError: No module named 'pkg_resources'");
    const next = nextAttempt(subject(null), here, [failed('3.13.0', 'gate.http', output)]);
    const remedies = { additions: ['setuptools<81'], build: [], newest: null };
    expect(next).toMatchObject({ kind: 'try', python: { version: '3.13.0' }, remedies });

    const again = nextAttempt(subject(null), here, [failed('3.13.0', 'gate.http', output, remedies)]);
    expect(again).toMatchObject({ kind: 'try', python: { version: '3.12.1' }, remedies });
  });

  it("brings it back for the db command that an old Flask doesn't find", () => {
    const output = `Usage: flask [OPTIONS] COMMAND [ARGS]...\nTry 'flask --help' for help.\n\nError: No such command 'db'.`;
    const next = nextAttempt(subject(null), here, [failed('3.13.0', 'migrate.run', output)]);
    expect(next).toMatchObject({
      kind: 'try',
      python: { version: '3.13.0' },
      remedies: { additions: ['setuptools<81'] },
    });
  });

  it.each([
    ["ImportError: cannot import name 'Feature' from 'setuptools'", 'setuptools<46'],
    ['error in jsmin setup command: use_2to3 is invalid.', 'setuptools<58'],
    ["ModuleNotFoundError: No module named 'pkg_resources'", 'setuptools<81'],
    ['AttributeError: cython_sources', 'cython<3'],
  ])('builds with the tools of old: %s', (output, constraint) => {
    const next = nextAttempt(subject(null), here, [failed('3.13.0', 'build.install', output)]);
    expect(next).toMatchObject({ kind: 'try', remedies: { additions: [], build: [constraint], newest: null } });
  });

  const outgrown = [
    "ImportError: cannot import name 'escape' from 'jinja2' (/venv/lib/python3.13/site-packages/jinja2/__init__.py)",
    "ModuleNotFoundError: No module named 'flask.ext'",
    "AttributeError: module 'flask.json' has no attribute 'JSONEncoder'",
  ];
  it.each(outgrown)('takes the packages of its time for an old app that pins not all: %s', error => {
    const attempts = [failed('3.13.0', 'migrate.import', trace('/app/shop.py', error))];
    expect(nextAttempt(subject(null, 900), here, attempts)).toMatchObject({
      kind: 'try',
      // 3.9 came three weeks after the commit, and 3.6 has no installer that knows days.
      python: { version: '3.9.18' },
      remedies: { newest: '2020-09-14' },
    });
    const old = [...here, interpreter('3.7.16')];
    expect(nextAttempt(subject('==3.7.*', 900), old, attempts)).toMatchObject({ python: { version: '3.7.16' } });
    expect(nextAttempt(subject('==3.6.*', 900), old, attempts)).toEqual({ kind: 'stop' });
    expect(nextAttempt(subject(null, 30), here, attempts)).toEqual({ kind: 'stop' });
    expect(nextAttempt(subject(null, 900, ['uv.lock']), here, attempts)).toEqual({ kind: 'stop' });
  });

  it('takes them where packages fail among themselves', () => {
    const output = `Traceback (most recent call last):\n  File "${inside}", line 3, in run\nRuntimeError: There is no current event loop in thread 'MainThread'.`;
    expect(nextAttempt(subject(null, 900), here, [failed('3.13.0', 'gate.http', output)])).toMatchObject({
      remedies: { newest: '2020-09-14' },
    });
  });

  it('takes them where the process lives, and packages alone say why nothing answers', () => {
    const recorded = new URL('../../test/cases/failures/gate-timeout/packages-alone.json', import.meta.url);
    const { context } = JSON.parse(readFileSync(recorded, 'utf8'));
    const mute = (output: readonly string[]): Attempt => ({
      python: interpreter('3.13.0'),
      remedies: noRemedies,
      failure: { ...context, output },
    });
    expect(nextAttempt(subject(null, 900), here, [mute(context.output)])).toMatchObject({
      remedies: { newest: '2020-09-14' },
    });
    expect(nextAttempt(subject(null, 30), here, [mute(context.output)])).toEqual({ kind: 'stop' });
    for (const lines of [
      ['  File "/app/shop.py", line 3, in warm_up', 'ValueError: no rows'],
      [
        `  File "${inside}", line 3, in connect`,
        'redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379',
      ],
    ])
      expect(
        nextAttempt(subject(null, 900), here, [
          mute([...context.output, 'Traceback (most recent call last):', ...lines]),
        ]),
      ).toEqual({ kind: 'stop' });
  });

  it('stops where a lock holds two packages that do not fit each other', () => {
    const output = trace(inside, `ImportError: cannot import name 'x' from 'jinja2' (${inside})`);
    const attempts = [failed('3.13.0', 'gate.http', output)];
    expect(nextAttempt(subject(null, 900, ['poetry.lock']), here, attempts)).toEqual({ kind: 'stop' });
    expect(nextAttempt(subject(null, 30), here, attempts)).toMatchObject({ python: { version: '3.12.1' } });
  });

  it("never for an error of the app's own", () => {
    const output = trace('/app/shop.py', "NameError: name 'raw_input' is not defined");
    expect(nextAttempt(subject(null, 900), here, [failed('3.13.0', 'gate.http', output)])).toEqual({ kind: 'stop' });
  });
});
