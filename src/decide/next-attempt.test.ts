import { describe, expect, it } from 'vitest';
import type { Interpreter } from '../model/deployment.ts';
import type { Profile } from '../model/profile.ts';
import { type Attempt, allowedInterpreters, nextAttempt } from './next-attempt.ts';

const interpreter = (version: string): Interpreter => ({
  path: `/python/${version}`,
  version,
  platform: 'linux-x86_64',
  pip: true,
  ensurepip: true,
});
const here = ['3.6.15', '3.10.13', '3.13.0', '3.11.7', '3.9.18', '3.12.1'].map(interpreter);
const profile = (requires: string | null) =>
  ({ python: { requires, source: requires === null ? null : 'pyproject.toml:3' } }) as Profile;
const failed = (version: string, step: string, output: string): Attempt => ({
  python: interpreter(version),
  failure: { step, reason: 'exit', message: 'exited with status 1', output: output.split('\n') },
});

describe('allowedInterpreters', () => {
  it.each([
    [null, ['3.13.0', '3.12.1', '3.11.7', '3.10.13', '3.9.18']],
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
    expect(nextAttempt(profile(null), here, [])).toMatchObject({ kind: 'try', python: { version: '3.13.0' } });
  });

  it('names what is there when nothing fits', () => {
    expect(nextAttempt(profile('>=3.14'), here, [])).toMatchObject({ kind: 'none', requires: '>=3.14' });
  });

  it('steps down when a package does not build', () => {
    const attempts = [
      failed(
        '3.13.0',
        'build.install',
        'error: Failed to build `greenlet==1.1.2`\n  longintrepr.h: No such file or directory',
      ),
    ];
    expect(nextAttempt(profile(null), here, attempts)).toMatchObject({ kind: 'try', python: { version: '3.12.1' } });
  });

  it('steps down when a dependency imports what newer Pythons have no more', () => {
    const output =
      'Traceback (most recent call last):\n  File "/app/app.py", line 1, in <module>\n    import old\n  File "/venv/lib/python3.12/site-packages/old/__init__.py", line 3, in <module>\nModuleNotFoundError: No module named \'distutils\'';
    expect(nextAttempt(profile(null), here, [failed('3.12.1', 'gate.http', output)])).toMatchObject({
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
    expect(nextAttempt(profile(null), here, [failed('3.13.0', 'gate.http', output)])).toEqual({ kind: 'stop' });
  });

  it.each([
    'No space left on device (os error 28)',
    'error: invalid peer certificate: UnknownIssuer',
    'Could not connect, are you offline?\n Connection refused',
  ])('stops at %j', output => {
    expect(nextAttempt(profile(null), here, [failed('3.13.0', 'build.install', output)])).toEqual({ kind: 'stop' });
  });

  it('stops at the end of the list', () => {
    const attempts = [failed('3.11.7', 'build.install', 'error: Failed to build `x`')];
    expect(nextAttempt(profile('==3.11.*'), here, attempts)).toEqual({ kind: 'stop' });
  });
});
