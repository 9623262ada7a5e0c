import { expect, it } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

const parse = await openPythonParser();

function said(conf: string, root = '.') {
  const prefix = root === '.' ? '' : `${root}/`;
  const app = 'from flask import Flask\napp = Flask(__name__)\n';
  const files = { 'requirements.txt': 'flask', 'app.py': app, 'gunicorn.conf.py': conf };
  const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text]));
  const { profile } = profileOf(textFiles(texts), parse, { app: 'x', root });
  return profile.problems.map(({ id, message, place, fatal }) => [id, message.split(' ')[0], place, fatal]);
}

it('says what is left out of a gunicorn.conf.py, with its line', () => {
  const conf = `import os
workers = 3
bind = "0.0.0.0:" + os.environ.get("PORT", "8000")
certfile = "/etc/ssl/site.pem"
if os.path.isdir("/var/log/app"):
    errorlog = "/var/log/app/error.log"
user = "www-data"
`;
  expect(said(conf)).toEqual(
    [
      ['bind', 3],
      ['certfile', 4],
      ['errorlog', 6],
      ['user', 7],
    ].map(([name, line]) => ['gunicorn-setting', name, `gunicorn.conf.py:${line}`, undefined]),
  );
});

it('says nothing of what changes nothing, and of what is no setting', () => {
  const conf = `reload = False
pidfile = None
accesslog = "-"
timeout = 90
def post_fork(server, worker):
    user = "x"
`;
  expect(said(conf)).toEqual([]);
});

it('names the file from the top of the repository', () => {
  expect(said('daemon = True\n', 'web')).toEqual([['gunicorn-setting', 'daemon', 'web/gunicorn.conf.py:1', undefined]]);
});
