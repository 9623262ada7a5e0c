import { pastedWord } from '../../../base/words.ts';
import { distributionName, isStandardModule } from '../imported-names.ts';
import type { ProblemSource } from '../problem.ts';

/** Nothing says what to install: what the imports need is offered, never installed in silence. */
const source: ProblemSource = {
  name: 'no manifest',
  problems({ scope, install, entry, loaded }) {
    if (install.manager !== 'none' || entry === undefined) return [];

    const own = new Set(scope.paths.flatMap(path => path.split('/')).map(part => part.replace(/\.py$/, '')));
    const modules = loaded
      .flatMap(path => scope.module(path)?.imports ?? [])
      .map(each => (each.module === 'google.cloud' ? `${each.module}.${each.name ?? ''}` : each.module));
    const foreign = modules.filter(module => {
      const top = module.split('.')[0] ?? '';
      return top !== '' && !own.has(top) && !isStandardModule(top);
    });
    const absent = [...new Set(foreign.filter(module => ofAnApp.test(module)))].toSorted();
    const missing = [...new Set(foreign.filter(module => !ofAnApp.test(module)).map(distributionName))].toSorted();
    if (missing.length === 0 && absent.length === 0) return [];
    const message = `Nothing says what to install: no requirements.txt, pyproject.toml, Pipfile, setup.py or environment.yml. The imports need: ${missing.join(' ')}.${absent.length === 0 ? '' : ` ${absent.join(', ')} ${absent.length === 1 ? 'looks like a module' : 'look like modules'} of the app itself, and ${absent.length === 1 ? 'is' : 'are'} not in the repository.`}`;
    const file = scope.place('requirements.txt', 1).replace(/:1$/, '');
    const next = [`printf '%s\\n' ${missing.map(pastedWord).join(' ')} > ${pastedWord(file)}`];
    return [{ id: 'no-manifest', fatal: true, message, place: entry.evidence, next }];
  },
};

/** Names that people give to files of their own. An index has packages of these names too, by strangers. */
const ofAnApp =
  /^(app|auth|common|config|configs|configuration|constants|consts|controllers?|core|data|database|databases|db|decorators|dto|entity|entities|enums|errors|exceptions|extensions|forms|handlers|helpers?|main|managers|middleware|models?|routes?|routers?|schemas?|secrets_?|serializers|server|services?|settings|static|tasks|templates|tests?|users?|utils?|validators|views?)$/;

export default source;
