import type { Problem } from '../../../model/profile.ts';
import type { Call, PythonModule } from '../../python/module.ts';
import { qualifiedName } from '../../python/project.ts';
import type { App } from '../app.ts';
import { callableAt } from '../callable.ts';
import type { ProblemSource } from '../problem.ts';

/** An import that starts a server never ends, so no other server gets the app. */
const source: ProblemSource = {
  name: 'runs at import',
  problems(app) {
    const path = app.entry?.callable?.path;
    const module = path === undefined ? undefined : app.scope.module(path);
    if (module === undefined) return [];
    const found = module.calls.find(call => isAlways(call) && isRun(app, module, call));
    if (found === undefined) return [];
    const message = `${module.path} starts its own server as soon as it is imported. Put that line below: if __name__ == '__main__':`;
    const problem: Problem = {
      id: 'runs-at-import',
      fatal: true,
      message,
      place: app.scope.place(module.path, found.line),
    };
    return [problem];
  },
};

/** At the top level, and under no condition. */
function isAlways({ within, main, node }: Call): boolean {
  return (
    within === null && !main && node.parent?.type === 'expression_statement' && node.parent.parent?.type === 'module'
  );
}

function isRun({ scope }: App, module: PythonModule, { name }: Call): boolean {
  if (/^uvicorn\.run$|^waitress\.serve$/.test(qualifiedName(scope, module, name))) return true;
  const object = /^(\w+)\.(run|run_server)$/.exec(name)?.[1];
  return object !== undefined && callableAt(scope, module.path, object) !== undefined;
}

export default source;
