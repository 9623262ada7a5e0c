import { dirname } from 'node:path/posix';
import type { Problem } from '../../../model/profile.ts';
import type { PythonNode } from '../../../model/repo-files.ts';
import { lineOf } from '../../install/toml.ts';
import { children, descendants, line } from '../../python/node.ts';
import { modulePath } from '../../python/project.ts';
import type { ProblemSource } from '../problem.ts';
import type { Scope } from '../scope.ts';

/** Code that no Python 3 can read stops a deploy; a mere declaration of Python 2 is only said, since such code often runs on 3. */
const source: ProblemSource = {
  name: 'Python 2',
  problems({ scope, loaded, entry }) {
    const own = entry?.callable?.framework === 'django' ? loaded.filter(path => isPartOf(scope, path)) : loaded;
    const all = entry === undefined ? [] : withNeighbours(scope, own);
    for (const path of all) {
      const found = oldLine(scope, path);
      if (found === undefined) continue;
      const place = scope.place(path, found.line);
      const message = `${place.replace(/:\d+$/, '')} is written for Python 2 (${found.what}), which nobody keeps safe any more; decant runs Python 3.6 and later.`;
      const next = ['python3 -m pip install 2to3', '2to3 -w .    # carries most of it over to Python 3'];
      return [{ id: 'python-2', fatal: true, message, place, next }];
    }
    return entry === undefined ? [] : declared(scope);
  },
};

/** Python 2 found `from utils import x` beside the file; Python 3 doesn't, so such a file is not among those that load. */
function withNeighbours(scope: Scope, loaded: readonly string[]): readonly string[] {
  const found = new Set(loaded);
  for (const path of found) {
    const folder = dirname(path);
    const names = [...(scope.text(path) ?? '').matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm)];
    for (const [, name = ''] of folder === '.' ? [] : names) {
      const beside = [`${folder}/${name}.py`, `${folder}/${name}/__init__.py`].find(each => scope.has(each));
      if (beside !== undefined && modulePath(scope, name) === undefined) found.add(beside);
    }
  }
  return [...found];
}

/** All files count as loaded with Django; a script beside the app is nothing that a server reads. */
function isPartOf(scope: Scope, path: string): boolean {
  const folder = dirname(path);
  return folder === '.' || (scope.has(`${folder}/__init__.py`) && !/(^|\/)(scripts|bin|tools)$/.test(folder));
}

const hint =
  /^[ \t]*(print\s+["'\w%]|print\s*$|exec\s+["'\w]|except\s+[\w.]+\s*,\s*[a-z_]\w*\s*:|except\s*\([^)]*\)\s*,\s*\w+\s*:|raise\s+\w+\s*,)/m;

/** A line that means something in Python 2 only, strings and comments apart. */
function oldLine(scope: Scope, path: string): { readonly what: string; readonly line: number } | undefined {
  if (!hint.test(scope.text(path) ?? '')) return undefined;
  const root = scope.module(path)?.root;
  for (const node of root === undefined ? [] : descendants(root)) {
    const what = oldWords(node);
    if (what !== undefined) return { what, line: line(node) };
  }
  return undefined;
}

function oldWords(node: PythonNode): string | undefined {
  if (node.type === 'print_statement') return 'print without parentheses';
  if (node.type === 'exec_statement') return 'exec without parentheses';
  const first = node.text.split('\n')[0] ?? '';
  if (node.type === 'except_clause' && /^except\s*(\([^)]*\)|[\w.]+)\s*,\s*[a-z_]\w*\s*:/.test(first))
    return 'except X, name';
  return node.type === 'raise_statement' && /^raise\s+\w+\s*,/.test(first) && children(node).length > 0
    ? 'raise X, value'
    : undefined;
}

const declarations: readonly { readonly path: string; readonly sign: RegExp; readonly three?: RegExp }[] = [
  { path: 'runtime.txt', sign: /^python-2\./ },
  { path: '.python-version', sign: /^(python-)?2\./ },
  { path: 'Pipfile', sign: /python_(full_)?version\s*=\s*["']2/ },
  { path: 'Dockerfile', sign: /^FROM\s+(\S*\/)?python:2/i, three: /^FROM\s+(\S*\/)?python:3/im },
  {
    path: 'setup.py',
    sign: /Programming Language :: Python :: 2/,
    three: /Python :: 3|python_requires\s*=\s*["'][^"']*3/,
  },
];

function declared(scope: Scope): readonly Problem[] {
  for (const { path, sign, three } of declarations) {
    const text = scope.text(path);
    const found = text?.split(/\r?\n/).some(each => sign.test(each)) === true && three?.test(text) !== true;
    if (!found) continue;
    const message = `${path} asks for Python 2. Nothing in the code needs it, so Python 3 is used.`;
    return [{ id: 'python-2', message, place: scope.place(path, lineOf(text, sign)) }];
  }
  return [];
}

export default source;
