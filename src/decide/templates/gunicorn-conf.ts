import { pythonLiteral } from '../../base/python-literal.ts';
import { holder } from '../held-entry.ts';

export interface GunicornConf {
  readonly socket: string;
  readonly workers: number;
  readonly threads: number;
  readonly workerClass: string;
  /** The user's own configuration file, absolute; read between our defaults and what decant needs. */
  readonly theirs: string | null;
  /** Settings that their file can't change: decant.yaml is stronger, and so is what the app can't do without. */
  readonly fixed?: Readonly<Record<string, number | string>>;
  readonly entry: string | null;
}

/**
 * A release's gunicorn.conf.py: our defaults, then the user's file, then what would break the gate if it differed or
 * hide the log (read/detect/problems/gunicorn-conf.ts says it to people).
 * Unknown names are ignored by gunicorn, so `control_socket_disable` (25.1 and later) is safe everywhere.
 * https://docs.gunicorn.org/en/stable/settings.html
 */
export function gunicornConf(conf: GunicornConf): string {
  return `# Written by decant. Edits are replaced by the next release.
import os

workers = ${conf.workers}
threads = ${conf.threads}
worker_class = ${pythonLiteral(conf.workerClass)}
timeout = 60
graceful_timeout = 30
keepalive = 5
accesslog = None
forwarded_allow_ips = "*"
if os.path.isdir("/dev/shm"):
    worker_tmp_dir = "/dev/shm"
${conf.theirs === null ? '' : theirs(conf.theirs)}
# What decant needs, whatever stands above.
${conf.theirs === null ? '' : fixed(conf.fixed ?? {})}bind = ${pythonLiteral(`unix:${conf.socket}`)}
reuse_port = False
reload = False
daemon = False
pidfile = None
chdir = os.getcwd()
umask = 0o007
user = os.geteuid()
group = os.getegid()
initgroups = False
certfile = keyfile = None
proxy_protocol = False
errorlog = "-"
accesslog = "-" if accesslog else None
control_socket_disable = True
${holder(conf.entry)}`;
}

function fixed(settings: Readonly<Record<string, number | string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : pythonLiteral(value)}\n`)
    .join('');
}

function theirs(path: string): string {
  const literal = pythonLiteral(path);

  return `
__file__ = ${literal}
with open(${literal}, encoding="utf-8") as _file:
    exec(compile(_file.read(), ${literal}, "exec"))
`;
}
