import { pythonLiteral } from '../base/python-literal.ts';

/** "module:object.attribute": an app that another object holds (Dash's `app.server`). */
export function isHeld(entry: string): boolean {
  return /^[\w.]+:\w+(?:\.\w+)+$/.test(entry);
}

/** What gunicorn is told to load: it takes a name in a module, and no attribute of that name. */
export function servedName(entry: string): string {
  return isHeld(entry) ? 'decant_entry:application' : entry;
}

/** Python for gunicorn.conf.py that makes such an app a name of a module; the app itself is imported when a worker asks for it. */
export function holder(entry: string | null): string {
  if (entry === null || !isHeld(entry)) return '';
  const [module = '', attributes = ''] = entry.split(':');

  return `
import importlib
import operator
import sys
import types


class _Entry(types.ModuleType):
    def __getattr__(self, name):
        if name != "application":
            raise AttributeError(name)
        return operator.attrgetter(${pythonLiteral(attributes)})(importlib.import_module(${pythonLiteral(module)}))


sys.modules["decant_entry"] = _Entry("decant_entry")
`;
}

/** One import of an app, as a script for `python -c` whose argument is the entry. */
export function importScript(entry: string): string {
  return isHeld(entry)
    ? 'import importlib, operator, sys; m, a = sys.argv[1].split(":"); operator.attrgetter(a)(importlib.import_module(m))'
    : 'import sys; from gunicorn.util import import_app; import_app(sys.argv[1])';
}
