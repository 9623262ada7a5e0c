import { envFileLines } from '../env-file-lines.ts';
import { type EnvironmentSource, variableOf } from '../variable.ts';

const names = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  'env.example',
  '.env.dev.example',
  'example.env',
  '.flaskenv.example',
];

/** What an example env file lists; its values are examples, not defaults. */
const source: EnvironmentSource = {
  name: 'env example',
  variables: ({ scope }) =>
    names.flatMap(path =>
      envFileLines(scope, path).map(({ name, line }) =>
        variableOf(name, scope.place(path, line), { required: false, default: null }),
      ),
    ),
};

export default source;
