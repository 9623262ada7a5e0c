import type { Install } from '../../../model/install.ts';
import type { Problem } from '../../../model/profile.ts';
import type { Scope } from '../../detect/scope.ts';
import { dictionaryKeys } from '../../python/dictionary.ts';
import { stringList } from '../../python/literal.ts';
import type { Call, PythonModule } from '../../python/module.ts';
import { emptyInstall, type Manifest, type ManifestReading, repositoryPath } from '../manifest.ts';
import { needsProject } from '../project-need.ts';
import { listed } from '../setup-requires.ts';
import { setuptoolsInstall } from '../setuptools-install.ts';
import { tomlTable } from '../toml.ts';

/** `install_requires` of setup.py. Where reading does not tell, the installer asks the file itself. */
const manifest: Manifest = {
  name: 'setup.py',
  kind: 'project',
  trust: () => 50,
  read(scope) {
    const file = repositoryPath(scope, 'setup.py');
    const text = scope.text('setup.py');
    if (file === undefined || text === undefined || !/install_requires|\*\*/.test(text)) return undefined;
    const module = scope.repository.parsed(file);
    const setup = module?.calls.find(({ name }) => /(^|\.)setup$/.test(name));
    if (module === undefined || setup === undefined) return undefined;

    const wanted = setup.keywords.get('install_requires');
    const found = wanted === undefined ? undefined : listed(module, wanted, path => scope.text(path) !== undefined);
    if (wanted === undefined && !setup.node.text.includes('**')) return undefined;
    return {
      ...(found === undefined
        ? asked(scope, file, text)
        : { install: setuptoolsInstall(scope, file, found), problems: [] }),
      evidence: `${file}:${(wanted ?? setup.node).startPosition.row + 1}`,
      extras: extrasOf(module, setup),
    };
  },
};

/** The file runs code to know: it is given to the installer, which builds the project's metadata. */
function asked(scope: Scope, file: string, text: string): Pick<ManifestReading, 'install' | 'problems'> {
  const named = [...text.matchAll(/["']([\w./-]+\.(?:txt|in|cfg|toml|json|py))["']/g)].map(([, path = '']) => path);
  const read = [...new Set(['setup.cfg', 'pyproject.toml', ...named])]
    .filter(path => path !== 'setup.py' && scope.text(path) !== undefined)
    .flatMap(path => repositoryPath(scope, path) ?? []);
  const install: Install = {
    ...emptyInstall,
    manager: 'setuptools',
    files: [file, ...read],
    requirements: [file],
    projects: needsProject(scope, tomlTable(scope.text('pyproject.toml')) ?? {})
      ? [{ path: scope.root, editable: false }]
      : [],
  };
  const message = `${file} runs code to list what it needs: the installer asks it at build time, and what decant tells from packages (workers, system packages) is not known.`;
  const problem: Problem = { id: 'setup-dynamic', message, place: `${file}:1` };
  return { install, problems: [problem] };
}

function extrasOf(module: PythonModule, setup: Call): Readonly<Record<string, readonly string[]>> {
  const written = setup.keywords.get('extras_require');
  const value =
    written?.type === 'identifier' ? module.assignments.findLast(each => each.target === written.text)?.value : written;
  return Object.fromEntries(dictionaryKeys(value).map(([name, list]) => [name, stringList(list)]));
}

export default manifest;
