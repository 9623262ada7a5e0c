import type { Call, PythonModule } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { callableAt } from './callable.ts';
import type { Scope } from './scope.ts';

/** The line on which a file starts a server as soon as it is imported; such an import never ends. */
export function runsAtImport(scope: Scope, path: string): number | undefined {
  const module = /\.(run|run_server|serve)\(/.test(scope.text(path) ?? '') ? scope.module(path) : undefined;
  return module?.calls.find(call => isAlways(call) && isRun(scope, module, call))?.line;
}

/** At the top level, and under no condition. */
function isAlways({ within, main, node }: Call): boolean {
  return (
    within === null && !main && node.parent?.type === 'expression_statement' && node.parent.parent?.type === 'module'
  );
}

function isRun(scope: Scope, module: PythonModule, { name, arguments: given }: Call): boolean {
  if (/^uvicorn\.run$|^waitress\.serve$/.test(qualifiedName(scope, module, name))) return true;
  const object = /^(\w+)\.(run|run_server)$/.exec(name)?.[1];
  const names = [object, given[0]?.type === 'identifier' && /\.(run|serve)$/.test(name) ? given[0].text : undefined];
  return names.some(each => each !== undefined && callableAt(scope, module.path, each) !== undefined);
}
