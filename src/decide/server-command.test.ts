import { describe, expect, it } from 'vitest';
import type { Deployment } from '../model/deployment.ts';
import { tuningOptions, workerClass } from './server-command.ts';

const facts = (web: string | undefined, tuning = {}, singleProcess = false) =>
  ({ profile: { processes: { web }, needs: { singleProcess } }, tuning }) as unknown as Deployment;

describe('tuningOptions', () => {
  it.each([
    ['gunicorn app:app', []],
    ['gunicorn --workers 3 --threads=2 -t60 app:app', ['--workers', '3', '--threads', '2', '-t', '60']],
    ['gunicorn -w 4 -b 0.0.0.0:$PORT app:app', ['-w', '4']],
    ['gunicorn -b0.0.0.0:$PORT -kgevent --reload app:app', []],
    ['gunicorn --statsd-host localhost:8125 app:app', []],
    ['gunicorn --certfile c.pem --keyfile k.pem app:app --preload', ['--preload']],
    [
      'gunicorn --access-logformat "%(h)s:%(t)s" --workers 3 app:app',
      ['--access-logformat', '%(h)s:%(t)s', '--workers', '3'],
    ],
    ['newrelic-admin run-program gunicorn -w 2 app:app', ['-w', '2']],
    ['gunicorn --access-logfile=/var/log/a.log app:app', ['--access-logfile', '-']],
    ['flask run', []],
    ['cd web && exec gunicorn -w 3 app:app > log --threads 2', ['-w', '3']],
    ['gunicorn -w $WORKERS -t 90 app:app', ['-t', '90']],
    ['uvicorn --host 0.0.0.0 --timeout-keep-alive 5 --workers 4 app:app', ['--workers', '4']],
    [undefined, []],
  ])('of %j are %j', (line, options) => {
    expect(tuningOptions(facts(line))).toEqual(options);
  });

  it('give way to decant.yaml, and to an app that is one process', () => {
    const line = 'gunicorn -w 4 --threads 2 -t 60 app:app';
    expect(tuningOptions(facts(line, { workers: 1 }))).toEqual(['--threads', '2', '-t', '60']);
    expect(tuningOptions(facts(line, { threads: 8 }))).toEqual(['-w', '4', '-t', '60']);
    expect(tuningOptions(facts(line, {}, true))).toEqual(['--threads', '2', '-t', '60']);
  });
});

it.each([
  ['gthread', undefined, 'gthread'],
  ['gevent-websocket', undefined, 'geventwebsocket.gunicorn.workers.GeventWebSocketWorker'],
  ['asgi', undefined, 'uvicorn_worker.UvicornWorker'],
  ['asgi', '==0.15.0', 'uvicorn_worker.UvicornWorker'],
  ['asgi', '==0.11.7', 'uvicorn.workers.UvicornWorker'],
] as const)('the worker class of %s with uvicorn%s is %s', (kind, uvicorn, expected) => {
  const declared = uvicorn === undefined ? {} : { uvicorn };
  const server = { profile: { worker_class: kind }, install: { declared } } as unknown as Deployment;
  expect(workerClass(server)).toBe(expected);
});
