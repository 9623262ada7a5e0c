import { knownDistribution } from '../../python/distributions.ts';
import { defineFailure, type FailureContext } from '../failure.ts';
import { appTraceback, errorLine, isOwn, ownFrame, placeAndSource, type Traceback, tracebacks } from '../traceback.ts';

export default defineFailure({
  code: 'missing-module',
  means: 'The app, or a package of it, imports a module that nothing installs',
  rank: 34,
  person: true,
  match: context => {
    const trace = appTraceback(context.output) ?? tracebacks(context.output).findLast(isModuleError);
    const name = modulePattern.exec(trace?.error[0] ?? '')?.[1];
    if (trace === undefined || name === undefined || context.phase === 'build') return null;

    const importing = trace.frames.findLast(({ file }) => !file.startsWith('<frozen'));
    const places = [ownFrame(trace), importing].filter(frame => frame !== undefined).map(placeAndSource);
    const isDirect = importing !== undefined && isOwn(importing);
    return {
      what: name.includes('.')
        ? `The module ${name} is imported, and ${name.split('.')[0]} has no such module.`
        : `The module ${name} is imported${isDirect ? '' : ' by a dependency'}, and no installed package provides it.`,
      evidence: [...new Set(places), errorLine(trace)],
      next: name.includes('.') ? uncommitted(name) : additions(context, name),
    };
  },
});

const modulePattern = /^ModuleNotFoundError: No module named '([^']+)'/;

function isModuleError({ error }: Traceback): boolean {
  return modulePattern.test(error[0] ?? '');
}

function additions(context: FailureContext, name: string): string[] {
  const known = knownDistribution(name);
  const { manager, files } = context.profile.dependencies;
  const file = files[0] ?? 'requirements.txt';
  const hint = known === undefined ? `    # if the package has the module's name` : '';
  const wanted = known ?? name.replaceAll('_', '-');
  if (manager === 'uv' || manager === 'poetry') return [`${manager} add '${wanted}'${hint}`, 'decant up'];
  if (manager === 'pipenv') return [`pipenv install '${wanted}'${hint}`, 'decant up'];
  if (manager === 'setuptools' || !file.endsWith('.txt'))
    return [`Add ${wanted} to the dependencies in ${file}${hint}`, 'decant up'];
  return [`echo '${wanted}' >> ${file}${hint}`, 'decant up'];
}

function uncommitted(name: string): string[] {
  const path = name.replaceAll('.', '/');
  return [`git status --ignored -- ${path}.py ${path}    # is the file there, and not ignored?`, 'decant up'];
}
