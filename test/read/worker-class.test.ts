import { expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

const parse = await openPythonParser();
const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const socketIo = `from flask_socketio import SocketIO\n${flask}io = SocketIO(app, message_queue="redis://")\n`;

function server(texts: Readonly<Record<string, string>>) {
  const files = textFiles({ 'app.py': flask, 'requirements.txt': 'flask\n', ...texts });
  const { profile } = profileOf(files, parse, { app: 'x' });
  return {
    kind: profile.worker_class,
    web: profile.processes.web,
    single: profile.needs.singleProcess,
    said: profile.problems
      .filter(({ id }) => /worker-class|gunicorn-setting/.test(id))
      .map(({ message, place }) => `${message} (${place})`),
  };
}

const line = 'gunicorn -w 3 app:app';
test.each([
  ['a Procfile', { Procfile: `web: ${line} --timeout 90\n` }, `${line} --timeout 90`],
  ['a Dockerfile', { Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["gunicorn", "-w", "3", "app:app"]\n' }, line],
  ['a script', { 'start.sh': `#!/bin/sh\nexec ${line} > log\n` }, `exec ${line} '>' log`],
  ["a Procfile's script", { Procfile: 'web: sh bin/run.sh\n', 'bin/run.sh': `${line}\n` }, line],
  [
    'a server for development',
    { Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD gunicorn --reload -w 3 app:app\n' },
    undefined,
  ],
  ['nobody', {}, undefined],
])('the line that starts the server, of %s', (_, texts, expected) => {
  expect(server(texts).web).toBe(expected);
});

test.each([
  ['-k gevent', 'gevent'],
  ['-kgevent', 'gevent'],
  ['--worker-class=gevent', 'gevent'],
  ['--worker-class "gunicorn.workers.ggevent.GeventWorker"', 'gevent'],
  ['-k eventlet -w 1', 'eventlet'],
  ['-k geventwebsocket.gunicorn.workers.GeventWebSocketWorker', 'gevent-websocket'],
  ['-k flask_sockets.worker', 'gevent-websocket'],
  ['-k sync', 'sync'],
  ['', 'gthread'],
])('what a line declares is kept: %s', (option, kind) => {
  expect(server({ Procfile: `web: gunicorn ${option} app:app\n` })).toMatchObject({ kind, said: [] });
});

test("gunicorn's own file counts where no line says it, also one of another name", () => {
  const conf = { 'conf/server.py': 'worker_class = "eventlet"\n' };
  expect(server({ ...conf, Procfile: 'web: gunicorn -c conf/server.py app:app\n' }).kind).toBe('eventlet');
  expect(server({ ...conf, Procfile: 'web: gunicorn -c conf/server.py -k gevent app:app\n' }).kind).toBe('gevent');
  expect(server({ 'gunicorn.conf.py': 'worker_class = "own.workers.Fast"\n' })).toMatchObject({
    kind: 'gthread',
    said: [],
  });
});

test.each([
  ['-k uvicorn.workers.UvicornWorker', {}, 'gthread', 'the app is a WSGI app'],
  ['-k tornado', {}, 'gthread', 'decant knows none of this name'],
  [
    '-k eventlet',
    { 'requirements.txt': 'flask\ngunicorn==27.0.1\n' },
    'gthread',
    'the pinned gunicorn has none, since 26',
  ],
  [
    '-k sync',
    { 'app.py': `import eventlet\neventlet.monkey_patch()\n${flask}` },
    'eventlet',
    'the app is written for eventlet',
  ],
])('what can not serve is replaced, and that is said: %s', (option, texts, kind, why) => {
  const name = option.replace('-k ', '');
  expect(server({ Procfile: `web: gunicorn ${option} app:app\n`, ...texts })).toMatchObject({
    kind,
    said: [`the worker class ${name} is left out for ${kind}: ${why} (Procfile:1)`],
  });
});

test.each([
  ['flask-socketio', '', 'gthread'],
  ['flask-socketio\neventlet', '', 'eventlet'],
  ['flask-socketio\ngevent', '', 'gevent'],
  ['flask-socketio\ngevent\ngevent-websocket', '', 'gevent-websocket'],
  ['flask-socketio\neventlet', ', async_mode="threading"', 'gthread'],
])('Socket.IO gets the server that it chooses: %s %s', (packages, said, kind) => {
  const texts = {
    'app.py': socketIo.replace(', message_queue', `${said}, message_queue`),
    'requirements.txt': `flask\n${packages}\n`,
  };
  expect(server(texts)).toMatchObject({ kind, single: true });
});

test('several processes of an app that must be one are left out, and that is said', () => {
  const texts = { 'app.py': socketIo, 'gunicorn.conf.py': 'import os\nworkers = os.cpu_count()\n' };
  expect(server({ ...texts, Procfile: 'web: gunicorn -w 4 app:app\n' }).said).toEqual([
    '-w 4 is left out: what is at app.py:4 works in one process only (Procfile:1)',
    'workers = … is left out: what is at app.py:4 works in one process only (gunicorn.conf.py:2)',
  ]);
  expect(server({ 'app.py': socketIo, Procfile: 'web: gunicorn --workers=1 app:app\n' }).said).toEqual([]);
});

test('a value that only a shell can tell is left out, and that is said', () => {
  expect(server({ Procfile: 'web: gunicorn -w $WEB_CONCURRENCY -t 90 -b 0.0.0.0:$PORT app:app\n' }).said).toEqual([
    '-w is left out: only a shell can tell its value (Procfile:1)',
  ]);
});
