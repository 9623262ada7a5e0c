import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/gunicorn', import.meta.url));
const threads = ['--worker-class', 'gthread', '--workers', '2', '--threads', '4'];

const app = `
import os, time
from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000
hello = os.environ.get("HELLO", "hello")

@app.get("/")
def index():
    return hello

@app.get("/page")
def page():
    return "x" * 10_000

@app.get("/environ")
def environ():
    return {name: str(value) for name, value in request.environ.items() if isinstance(value, str)}

@app.post("/echo")
def echo():
    return request.get_data()

@app.get("/slow")
def slow():
    time.sleep(1)
    return "slow"

@app.get("/big")
def big():
    return b"x" * 2_000_000
`;

/** gunicorn with Flask in an environment that is made once; throws where python3 or pip can't. */
export function gunicornProgram(): string {
  const program = join(cache, 'venv/bin/gunicorn');
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', join(cache, 'venv')], { stdio: 'pipe' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'flask==3.1.3', 'gunicorn==26.2.0'];
    execFileSync(join(cache, 'venv/bin/python'), pip, { stdio: 'pipe' });
  }
  // By a rename: another gunicorn may be reading it.
  const fresh = join(cache, `frontapp.${process.pid}`);
  writeFileSync(fresh, app);
  renameSync(fresh, join(cache, 'frontapp.py'));
  return program;
}

/** A gunicorn of two workers with four threads that answers `hello` on "/". Its process id, once it accepts. */
export async function startGunicorn(bind: string, hello: string): Promise<number> {
  const program = gunicornProgram();
  const log = openSync(join(cache, 'gunicorn.log'), 'a');
  const argv = [...threads, '--bind', bind, '--chdir', cache, '--no-control-socket', 'frontapp:app'];
  const child = spawn(program, argv, { stdio: ['ignore', log, log], env: { ...process.env, HELLO: hello } });
  closeSync(log);

  const end = Date.now() + 15_000;
  while (!(await accepts(bind))) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`gunicorn does not accept on ${bind}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return child.pid ?? 0;
}

function accepts(bind: string): Promise<boolean> {
  const [host = '', port] = bind.split(':');
  const socket = host === 'unix' ? connect(bind.slice(5)) : connect(Number(port), host);
  return new Promise(resolve => {
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
