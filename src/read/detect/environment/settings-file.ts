import { stringValue } from '../../python/literal.ts';
import { loadedModules } from '../app.ts';
import { type EnvironmentSource, variableOf } from '../variable.ts';

/** `app.config.from_envvar("X")`: the variable that holds the path of a settings file. */
const source: EnvironmentSource = {
  name: 'settings file',
  variables: app =>
    loadedModules(app, 'from_envvar').flatMap(module =>
      module.calls.flatMap(call => {
        const name = stringValue(call.arguments[0] ?? call.keywords.get('variable_name'));
        if (name === undefined || call.main || !call.name.endsWith('.from_envvar')) return [];
        const silent = call.keywords.get('silent') ?? call.arguments[1];
        const required = silent?.type !== 'true';
        return [variableOf(name, app.scope.place(module.path, call.line), { required, default: null })];
      }),
    ),
};

export default source;
