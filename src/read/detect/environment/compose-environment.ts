import { composeServices } from '../compose.ts';
import { declaredVariable } from '../declared-variable.ts';
import { scopeAt } from '../scope.ts';
import type { EnvironmentSource } from '../variable.ts';

/** What compose files give the services that are built of the app: `environment:` and `env_file:`. Names, not values. */
const source: EnvironmentSource = {
  name: 'compose file',
  variables: ({ scope }) =>
    composeServices(scopeAt(scope.repository, '.'))
      .filter(({ context, folder }) => context !== undefined && ((folder ?? context) || '.') === scope.root)
      .flatMap(({ environment, neighbours }) =>
        environment.flatMap(({ name, value, place }) => {
          const [, fallback = null] = /^\$\{\w+:?-([^}]*)\}$/.exec(value ?? '') ?? [];
          return declaredVariable({
            name,
            value: value?.includes('$') ? fallback : value,
            required: /^\$\{\w+:?\?/.test(value ?? ''),
            place,
            foreign: neighbours,
          });
        }),
      ),
};

export default source;
