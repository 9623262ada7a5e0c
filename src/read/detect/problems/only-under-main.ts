import type { Problem } from '../../../model/profile.ts';
import type { PythonModule } from '../../python/module.ts';
import { type App, loadedModules } from '../app.ts';
import type { ProblemSource } from '../problem.ts';

/** A step of the app's making that only `python app.py` takes: a server that loads the app gets one without it. */
const source: ProblemSource = {
  name: 'only under __main__',
  problems(app) {
    const { entry, scope } = app;
    if (entry === undefined) return [];
    const found = loadedModules(app, '__main__').flatMap(module => {
      const first = stepsOf(module, true)[0];
      return first === undefined ? [] : [{ ...first, module }];
    });
    if (found.length === 0) return [];

    const others = scope.containing(...needles).flatMap(path => scope.module(path) ?? []);
    const elsewhere = new Set(others.flatMap(module => stepsOf(module, false)).map(({ step }) => step));
    return found.filter(({ step }) => !elsewhere.has(step)).map(({ module, ...step }) => problem(app, module, step));
  },
};

const needles = ['.config[', 'create_all', 'register_blueprint', 'include_router', 'add_resource'];
const ofDevelopment = /^(DEBUG|TESTING|ENV|TEMPLATES_AUTO_RELOAD|EXPLAIN_\w+)$/;

interface Step {
  readonly step: string;
  readonly line: number;
}

/** What makes an app whole: settings, tables, pages; in the main block of a file or anywhere else. */
function stepsOf(module: PythonModule, main: boolean): readonly Step[] {
  const set = module.assignments.flatMap(({ target, line, main: isMain }) => {
    const [, key] =
      (main ? /\.config\["(\w+)"\]$/ : /(?:^|["._])([A-Z][A-Z0-9_]+)(?:"\])?$/).exec(target.slice(-200)) ?? [];
    return key === undefined || isMain !== main || ofDevelopment.test(key) ? [] : [{ step: `${key} is set`, line }];
  });
  const done = module.calls.flatMap(({ name, line, main: isMain }) => {
    const [, method = ''] = /\.(create_all|register_blueprint|include_router|add_resource)$/.exec(name) ?? [];
    return method === '' || isMain !== main ? [] : [{ step: doings[method] ?? method, line }];
  });

  return [...set, ...done].toSorted((a, b) => a.line - b.line);
}

const doings: Readonly<Record<string, string>> = {
  create_all: 'the tables are made',
  register_blueprint: 'pages are added',
  include_router: 'pages are added',
  add_resource: 'pages are added',
};

function problem({ scope }: App, { path }: PythonModule, { step, line }: Step): Problem {
  return {
    id: 'only-under-main',
    message: `Below __main__ ${step}, and nowhere else: no server runs that block, so the app goes without.`,
    place: scope.place(path, line),
    next: ["put it above:  if __name__ == '__main__':"],
  };
}

export default source;
