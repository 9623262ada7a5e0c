import { basename, dirname } from 'node:path/posix';
import type { Scope } from './scope.ts';

/** Whether a file can be imported by a server that runs in the scope's root. */
export function isImportable(scope: Scope, path: string): boolean {
  return homeOf(scope, path) === '.' && path.split('/').every(part => /^[A-Za-z_]\w*(\.py)?$/.test(part));
}

/** The folder, relative to the scope's root, that an app in this file has to run in. */
export function homeOf(scope: Scope, path: string): string {
  const folder = packageFolder(scope, path);
  if (folder === '.' || scope.sources.includes(`${folder}/`) || isImportedFromAbove(scope, folder)) return '.';
  const scripts = scope.paths.filter(each => dirname(each) === folder);
  return standsAlone(scope, folder) || [path, ...scripts].some(each => importsSiblings(scope, each, folder))
    ? folder
    : '.';
}

/** The nearest folder above that is no package; nothing can be imported out of one whose name is no word of Python. */
function packageFolder(scope: Scope, path: string): string {
  let folder = dirname(path);
  while (scope.has(`${folder}/__init__.py`) && isWord(basename(folder))) folder = dirname(folder);
  return folder;
}

function isWord(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** `from backend.config import X` in backend/: written to be run in the folder above, with or without an __init__.py. */
function isImportedFromAbove(scope: Scope, folder: string): boolean {
  if (folder.includes('/') || !isWord(folder) || scope.exists(`${folder}/${folder}`)) return false;
  const named = new RegExp(`^\\s*(?:from|import)\\s+${folder}\\.`, 'm');
  return scope.paths.some(path => path.startsWith(`${folder}/`) && named.test(scope.text(path) ?? ''));
}

/** A folder with its own manifest or Procfile is an app of its own. */
function standsAlone(scope: Scope, folder: string): boolean {
  const own = [
    'requirements.txt',
    'pyproject.toml',
    'Pipfile',
    'setup.py',
    'Procfile',
    'manage.py',
    'uv.lock',
    'environment.yml',
    'Dockerfile',
    'package.json',
  ];
  return own.some(name => scope.text(`${folder}/${name}`) !== undefined);
}

/** `from config import X` beside config.py, where the root has none: written to be run in that folder. */
function importsSiblings(scope: Scope, path: string, folder: string): boolean {
  const text = scope.text(path) ?? '';
  return [...text.matchAll(/^[ \t]*(?:from|import)\s+([A-Za-z_]\w*)/gm)].some(([, name = '']) => {
    const isBeside = scope.has(`${folder}/${name}.py`) || scope.has(`${folder}/${name}/__init__.py`);
    return isBeside && !scope.has(`${name}.py`) && !scope.exists(name);
  });
}
