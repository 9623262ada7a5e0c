import type { PythonNode } from '../../../model/repo-files.ts';
import { constantText } from '../../python/literal.ts';
import { gunicornSettings } from '../gunicorn-setting.ts';
import type { ProblemSource } from '../problem.ts';

/** What decide/templates/gunicorn-conf.ts sets after the person's own file, and why. */
export const overridden: Readonly<Record<string, string>> = {
  bind: 'each release has its own socket',
  reuse_port: 'each release has its own socket',
  reload: 'a release never changes',
  daemon: 'the keeper keeps the process',
  pidfile: 'two releases run side by side at a switch',
  chdir: "the release's own folder is where it runs",
  umask: 'the front must reach the socket',
  user: 'it runs as whoever runs decant',
  group: 'it runs as whoever runs decant',
  initgroups: 'it runs as whoever runs decant',
  certfile: 'the front speaks plain HTTP to the app',
  keyfile: 'the front speaks plain HTTP to the app',
  proxy_protocol: 'the front speaks plain HTTP to the app',
  errorlog: 'decant logs shows the log',
  accesslog: 'decant logs shows the log',
};

/** Settings of the person's own file that would break the gate or hide the log: said, not followed. */
const source: ProblemSource = {
  name: 'gunicorn.conf.py',
  problems(app) {
    return gunicornSettings(app).flatMap(({ target, value, place }) => {
      const why = Object.hasOwn(overridden, target) ? overridden[target] : undefined;
      if (why === undefined || isHarmless(value)) return [];
      return [{ id: 'gunicorn-setting', message: `${target} is left out: ${why}`, place }];
    });
  },
};

/** What decant sets anyway: no, none, or the standard output. */
function isHarmless(value: PythonNode): boolean {
  return value.type === 'none' || ['False', '-'].includes(constantText(value) ?? '');
}

export default source;
