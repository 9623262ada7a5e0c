import { stringValue } from '../../python/literal.ts';
import { declaredCandidate, type EntrySource } from '../entry.ts';

const names = ['gunicorn.conf.py', 'gunicorn_conf.py', 'gunicorn_config.py', 'gunicorn.py', 'config/gunicorn.py'];

/** `wsgi_app` in gunicorn's configuration file. */
const source: EntrySource = {
  name: 'gunicorn config',
  trust: 95,
  production: true,
  candidates: scope =>
    names.flatMap(path => {
      const setting = scope
        .module(path)
        ?.assignments.find(({ target, within }) => target === 'wsgi_app' && within === null);
      const app = stringValue(setting?.value);
      const found =
        app === undefined || setting === undefined
          ? undefined
          : declaredCandidate(scope, app, scope.place(path, setting.line));
      return found === undefined ? [] : [found];
    }),
};

export default source;
