import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { overridden } from '../../read/detect/problems/gunicorn-conf.ts';
import { gunicornConf } from './gunicorn-conf.ts';

const folder = mkdtempSync(join(tmpdir(), 'decant-conf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file as Python reads it. */
function settings(text: string): Record<string, unknown> {
  const script =
    'import json,sys;ns={};exec(compile(sys.stdin.read(),"c","exec"),ns);print(json.dumps({k:v for k,v in ns.items() if isinstance(v,(str,int,bool,type(None))) and k[0]!="_"}))';
  return JSON.parse(execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8' }));
}

const conf = {
  socket: '/tmp/decant-1/x/v1/app.sock',
  workers: 2,
  threads: 4,
  workerClass: 'gthread',
  theirs: null,
  entry: 'app:app',
};

describe('gunicornConf', () => {
  it("binds the release's own socket", () => {
    expect(settings(gunicornConf(conf))).toMatchObject({
      bind: 'unix:/tmp/decant-1/x/v1/app.sock',
      workers: 2,
      threads: 4,
      control_socket_disable: true,
    });
  });

  it('keeps what is fixed from their file', () => {
    const theirs = join(folder, 'fixed.py');
    writeFileSync(theirs, 'workers = 7\nthreads = 3\nworker_class = "tornado"\n');
    const fixed = { workers: 1, worker_class: 'gthread' };
    expect(settings(gunicornConf({ ...conf, theirs, fixed }))).toMatchObject({ ...fixed, threads: 3 });
  });

  it("takes what tunes from the user's file, and overrides what would break the gate", () => {
    const theirs = join(folder, 'it\'s "theirs".py');
    writeFileSync(
      theirs,
      'workers = 7\nbind = "0.0.0.0:5005"\nreuse_port = True\nreload = True\ndaemon = True\ntimeout = 120\n',
    );
    expect(settings(gunicornConf({ ...conf, theirs }))).toMatchObject({
      workers: 7,
      timeout: 120,
      bind: `unix:${conf.socket}`,
      reuse_port: false,
      reload: false,
      daemon: false,
    });
  });

  it('overrides all that people are told is left out', () => {
    const theirs = join(folder, 'all.py');
    const names = Object.keys(overridden);
    writeFileSync(theirs, names.map(name => `${name} = "/theirs"\n`).join(''));
    const found = settings(gunicornConf({ ...conf, theirs }));
    expect(names.filter(name => !(name in found) || found[name] === '/theirs')).toEqual([]);
    expect(found).toMatchObject({
      certfile: null,
      keyfile: null,
      errorlog: '-',
      accesslog: '-',
      user: process.geteuid?.(),
    });
  });

  it('leaves the access log off unless they want one, and their file where it is', () => {
    const theirs = join(folder, 'place.py');
    writeFileSync(theirs, 'place = __file__\n');
    expect(settings(gunicornConf({ ...conf, theirs }))).toMatchObject({ accesslog: null, place: theirs });
  });

  it('keeps hostile paths as text', () => {
    const socket = '/tmp/"; import os; os.abort() # \\ ü \u2028';
    expect(settings(gunicornConf({ ...conf, socket })).bind).toBe(`unix:${socket}`);
  });

  it('gives an app that another object holds a name of a module, and imports it only when asked', () => {
    writeFileSync(join(folder, 'board.py'), 'class Dash:\n    server = len\napp = Dash()\n');
    const text = gunicornConf({ ...conf, entry: 'board:app.server' });
    const script =
      'import sys,importlib;exec(sys.stdin.read(),{});m=importlib.import_module("decant_entry");a="board" in sys.modules;f=m.application;print(a,f("abc"),hasattr(m,"x"))';
    const printed = execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8', cwd: folder });
    expect(printed).toBe('False 3 False\n');
    expect(gunicornConf(conf)).not.toContain('decant_entry');
  });
});
