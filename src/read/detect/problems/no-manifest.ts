import { distributionName, isStandardModule } from '../imported-names.ts';
import type { ProblemSource } from '../problem.ts';

/** Nothing says what to install: what the imports need is offered, never installed in silence. */
const source: ProblemSource = {
  name: 'no manifest',
  problems({ scope, install, entry, loaded }) {
    if (install.manager !== 'none' || entry === undefined) return [];

    const own = new Set(scope.paths.flatMap(path => path.split('/')).map(part => part.replace(/\.py$/, '')));
    const names = loaded
      .flatMap(path => scope.module(path)?.imports ?? [])
      .map(({ module }) => module.split('.')[0] ?? '');
    const missing = [...new Set(names)]
      .filter(name => name !== '' && !own.has(name) && !isStandardModule(name))
      .map(distributionName)
      .toSorted();
    if (missing.length === 0) return [];
    const message = `Nothing says what to install: no requirements.txt, no pyproject.toml. The imports need: ${missing.join(' ')}. To say so: printf '%s\\n' ${missing.join(' ')} > requirements.txt`;
    return [{ id: 'no-manifest', fatal: true, message, place: entry.evidence }];
  },
};

export default source;
