import { iniSections } from '../ini.ts';
import { type Manifest, repositoryPath } from '../manifest.ts';
import { setuptoolsInstall } from '../setuptools-install.ts';
import { lineOf } from '../toml.ts';

/** `install_requires` of setup.cfg, or the file that it names. */
const manifest: Manifest = {
  name: 'setup.cfg',
  kind: 'project',
  trust: () => 48,
  read(scope) {
    const text = scope.text('setup.cfg');
    const file = repositoryPath(scope, 'setup.cfg');
    if (text === undefined || file === undefined) return undefined;

    const sections = iniSections(text);
    const lines = sections.options?.install_requires ?? [];
    if (lines.length === 0) return undefined;
    const named = /^file:\s*(.+)$/.exec(lines[0] ?? '')?.[1]?.split(/\s*,\s*/);
    const install = setuptoolsInstall(scope, file, {
      requirements: named === undefined ? lines : [],
      files: (named ?? []).filter(path => scope.text(path) !== undefined),
    });
    const extras = sections['options.extras_require'] ?? {};
    return { install, evidence: `${file}:${lineOf(text, /^install_requires/)}`, problems: [], extras };
  },
};

export default manifest;
