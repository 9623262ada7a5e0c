import { dirname } from 'node:path/posix';
import { satisfies } from '@renovatebot/pep440';
import type { Place, Profile } from '../../model/profile.ts';
import { condaEnvironment } from '../install/conda-environment.ts';
import { condaFile } from '../install/conda-file.ts';
import { lineOf, tableAt, textAt, tomlTable } from '../install/toml.ts';
import { pep440Range } from '../install/version-range.ts';
import type { Claim } from './claim.ts';
import { dockerfileLines } from './dockerfile.ts';
import { type Scope, scopeAt } from './scope.ts';

interface Declared {
  readonly requires: string;
  readonly source: Place;
}

/** The Python that the app declares, as a PEP 440 specifier, in its folder or above; the more exact kind of declaration first. */
export function pythonClaim(scope: Scope): Claim<Profile['python']> {
  const here = declaredIn(scope);
  if (here !== undefined) return { value: here, evidence: here.source };
  if (scope.root === '.') return fromWorkflow(scope);
  return pythonClaim(scopeAt(scope.repository, dirname(scope.root)));
}

function fromWorkflow(scope: Scope): Claim<Profile['python']> {
  const found = workflow(scope);
  return { value: found ?? { requires: null, source: null }, evidence: found?.source };
}

function declaredIn(scope: Scope): Declared | undefined {
  const range = requiresPython(scope)?.requires;
  for (const read of [versionFile, runtimeFile, requiresPython, pipfile, poetry, setupPy, conda, dockerfile]) {
    const found = read(scope);
    if (found !== undefined && isAllowed(found, range)) return found;
  }
  return undefined;
}

/** A left-over `runtime.txt` that the package itself refuses is no declaration. */
function isAllowed({ requires }: Declared, range: string | undefined): boolean {
  const minor = /^==(3\.\d+)\.\*$/.exec(requires)?.[1];
  return range === undefined || minor === undefined || [0, 30].some(patch => satisfies(`${minor}.${patch}`, range));
}

function versionFile(scope: Scope): Declared | undefined {
  const first = (scope.text('.python-version') ?? '')
    .split(/\s+/)
    .find(word => /^(python-|cpython-)?3\.\d+/.test(word));
  return first === undefined ? undefined : { requires: minor(first), source: scope.place('.python-version', 1) };
}

function runtimeFile(scope: Scope): Declared | undefined {
  const version = /^python-(3\.\d+)/m.exec(scope.text('runtime.txt') ?? '')?.[1];
  return version === undefined ? undefined : { requires: minor(version), source: scope.place('runtime.txt', 1) };
}

function requiresPython(scope: Scope): Declared | undefined {
  const text = scope.text('pyproject.toml');
  const requires = textAt(tableAt(tomlTable(text), 'project'), 'requires-python');
  return requires === undefined
    ? undefined
    : { requires, source: scope.place('pyproject.toml', lineOf(text, 'requires-python')) };
}

function pipfile(scope: Scope): Declared | undefined {
  const text = scope.text('Pipfile');
  const table = tableAt(tomlTable(text), 'requires');
  const version = textAt(table, 'python_full_version') ?? textAt(table, 'python_version');
  return version === undefined || !/^3\.\d+/.test(version)
    ? undefined
    : { requires: minor(version), source: scope.place('Pipfile', lineOf(text, /python_(full_)?version/)) };
}

/** Poetry's own syntax: "^3.9" is ">=3.9,<4.0"; a bare "3.9" means each of its patch levels. */
function poetry(scope: Scope): Declared | undefined {
  const text = scope.text('pyproject.toml');
  const written = textAt(tableAt(tomlTable(text), 'tool', 'poetry', 'dependencies'), 'python');
  if (written === undefined || written === '*') return undefined;

  const requires = pep440Range(written).replace(/^==(3\.\d+)$/, '==$1.*');
  return { requires, source: scope.place('pyproject.toml', lineOf(text, /^python\s*=/)) };
}

function setupPy(scope: Scope): Declared | undefined {
  for (const path of ['setup.py', 'setup.cfg']) {
    const text = scope.text(path);
    const requires = /python_requires\s*=\s*["']?([^"'\n]+)/.exec(text ?? '')?.[1]?.trim();
    if (requires !== undefined) return { requires, source: scope.place(path, lineOf(text, 'python_requires')) };
  }
  return undefined;
}

/** conda's `python=3.8` or `python>=3.9`. */
function conda(scope: Scope): Declared | undefined {
  const file = condaFile(scope);
  const text = file === undefined ? undefined : scope.text(file);
  const written = condaEnvironment(text)?.python ?? '';
  if (file === undefined || written === '') return undefined;
  const requires = /^==3\.\d+/.test(written) ? minor(written) : written;
  return { requires, source: scope.place(file, lineOf(text, /^\s*-\s*["']?(?:\S*::)?python\b/)) };
}

/** `FROM python:slim` means the newest and is no declaration. */
function dockerfile(scope: Scope): Declared | undefined {
  const from = dockerfileLines(scope).findLast(
    ({ instruction, text }) => instruction === 'FROM' && /(^|\/)python:3\.\d+/.test(text),
  );
  const version = /python:(3\.\d+)/.exec(from?.text ?? '')?.[1];
  return from === undefined || version === undefined ? undefined : { requires: minor(version), source: from.place };
}

/** The range of a CI matrix. */
function workflow(scope: Scope): Declared | undefined {
  const paths = scope.repository.paths.filter(
    path => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || path === '.gitlab-ci.yml' || path === '.travis.yml',
  );

  for (const path of paths) {
    const text = scope.repository.files.text(path) ?? '';
    const block = /^[ \t-]*python(-version)?s?:[ \t]*([^\n]*(?:\n[ \t]*-[^\n]+)*)/m.exec(text)?.[2] ?? '';
    const minors = [...block.matchAll(/\b3\.(\d+)\b/g)].map(([, number]) => Number(number));
    if (minors.length === 0) continue;
    return {
      requires: range(Math.min(...minors), Math.max(...minors)),
      source: `${path}:${lineOf(text, /^[ \t-]*python(-version)?s?:.*/)}`,
    };
  }
  return undefined;
}

function range(low: number, high: number): string {
  return low === high ? `==3.${low}.*` : `>=3.${low},<3.${high + 1}`;
}

/** "3.12.1" → "==3.12.*": patch levels differ from machine to machine and keep their promises. */
function minor(version: string): string {
  return `==${/3\.\d+/.exec(version)?.[0] ?? '3'}.*`;
}
