import type { Install } from '../../model/install.ts';
import { normalName } from './requirements.ts';
import { type Table, textAt, textsAt } from './toml.ts';

type Project = Install['projects'][number];

/** A dependency that a table of Poetry or Pipenv names: a package, or a project in a folder of the repository. */
export type Dependency =
  | { readonly kind: 'package'; readonly name: string; readonly specifier: string; readonly text: string }
  | { readonly kind: 'project'; readonly name: string; readonly project: Project };

/** One entry (`flask = "^3"`, `flask = {version = "*", extras = ["async"]}`) in PEP 508; `range` reads the tool's own version syntax. */
export function dependencyOf(
  name: string,
  written: unknown,
  range: (version: string) => string,
  markers: readonly string[] = [],
): Dependency | undefined {
  const table: Table = typeof written === 'string' ? { version: written } : isTable(written) ? written : {};
  const path = textAt(table, 'path') ?? localFile(table);
  if (path !== undefined) {
    const editable = table.editable === true || table.develop === true;
    return { kind: 'project', name: normalName(name), project: { path, editable } };
  }

  const url = address(table);
  const specifier = url === undefined ? range(textAt(table, 'version') ?? '') : '';
  const extras = textsAt(table, 'extras');
  const marker = markers
    .filter(each => each !== '')
    .map((each, _, all) => (all.length === 1 ? each : `(${each})`))
    .join(' and ');
  const text = `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${url === undefined ? specifier : ` @ ${url}`}${marker === '' ? '' : ` ; ${marker}`}`;
  return { kind: 'package', name: normalName(name), specifier, text };
}

/** A VCS address as installers take it; scp form becomes a URL. */
export function gitAddress(git: string, revision: string | undefined, subdirectory: string | undefined): string {
  const scp = /^([\w.-]+@[\w.-]+):(?!\/)(.+)$/.exec(git);
  const url = scp === null ? git.replace(/^git\+/, '') : `ssh://${scp[1]}/${scp[2]}`;
  return `git+${url}${revision === undefined ? '' : `@${revision}`}${subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`}`;
}

function address(table: Table): string | undefined {
  const git = textAt(table, 'git');
  const revision = ['rev', 'tag', 'branch', 'ref'].flatMap(key => textAt(table, key) ?? [])[0];
  if (git !== undefined) return gitAddress(git, revision, textAt(table, 'subdirectory'));
  return textAt(table, 'url') ?? textAt(table, 'file');
}

/** Pipenv's `file` is a URL or a path. */
function localFile(table: Table): string | undefined {
  const file = textAt(table, 'file');
  return file === undefined || file.includes('://') ? undefined : file;
}

function isTable(value: unknown): value is Table {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
