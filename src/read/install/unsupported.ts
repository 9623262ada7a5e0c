import type { Problem } from '../../model/profile.ts';
import type { Scope } from '../detect/scope.ts';
import { tableAt, tomlTable } from './toml.ts';

interface Unsupported {
  readonly file: string;
  readonly name: string;
  readonly command: string;
}

/** Manifests that decant knows but can't install from yet, with the command that writes one it can. */
const known: readonly Unsupported[] = [
  { file: 'poetry.lock', name: 'Poetry', command: 'poetry export -f requirements.txt -o requirements.txt' },
  { file: 'pdm.lock', name: 'PDM', command: 'pdm export -f requirements -o requirements.txt --prod' },
  { file: 'Pipfile.lock', name: 'Pipenv', command: 'pipenv requirements > requirements.txt' },
  { file: 'Pipfile', name: 'Pipenv', command: 'pipenv lock && pipenv requirements > requirements.txt' },
  { file: 'environment.yml', name: 'conda', command: 'pip freeze > requirements.txt, in the activated environment' },
  { file: 'environment.yaml', name: 'conda', command: 'pip freeze > requirements.txt, in the activated environment' },
  { file: 'setup.py', name: 'setuptools (setup.py)', command: 'pip-compile setup.py -o requirements.txt' },
  { file: 'setup.cfg', name: 'setuptools (setup.cfg)', command: 'pip-compile setup.cfg -o requirements.txt' },
];

/** The manifests in a folder that are named and refused; the first of each tool. */
export function unsupportedManifests(scope: Scope): readonly Problem[] {
  const present = known.filter(({ file }) => scope.text(file) !== undefined && asksForPackages(scope, file));
  const poetry =
    present.length === 0 &&
    tableAt(tomlTable(scope.text('pyproject.toml')), 'tool', 'poetry', 'dependencies') !== undefined;
  const all = poetry
    ? [
        {
          file: 'pyproject.toml',
          name: 'Poetry',
          command: 'poetry lock && poetry export -f requirements.txt -o requirements.txt',
        },
      ]
    : present;

  return all
    .filter((each, at) => all.findIndex(other => other.name === each.name) === at)
    .map(({ file, name, command }) => ({
      id: 'manifest-unsupported',
      message: `${file} (${name}) can't be installed from yet. A requirements.txt can: ${command}`,
      place: scope.place(file, 1),
    }));
}

function asksForPackages(scope: Scope, file: string): boolean {
  return !file.startsWith('setup.') || /install_requires/.test(scope.text(file) ?? '');
}
