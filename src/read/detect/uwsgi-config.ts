import { dirname } from 'node:path/posix';
import { declaredCandidate, type EntryCandidate } from './entry.ts';
import { inFolders } from './in-folders.ts';
import { folderHere } from './run-folder.ts';
import type { Scope } from './scope.ts';

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** What a uwsgi configuration file (ini, xml or yaml) loads; relative paths mean its own folder, then the root. */
export function uwsgiCandidates(scope: Scope, written: string): readonly EntryCandidate[] {
  const path = [written.replace(/^\.?\//, ''), written.replace(/^.*\//, '')].find(
    each => scope.text(each) !== undefined,
  );
  if (path === undefined) return [];

  const settings = settingsIn(scope.text(path) ?? '');
  const value = (...names: readonly string[]) => settings.find(({ name }) => names.includes(name));
  const module = value('module', 'wsgi', 'mount') ?? value('wsgi-file', 'file');
  if (module === undefined) return [];

  const chdir = value('chdir')?.value;
  const own = dirname(path) === '.' ? '' : dirname(path);
  const folder = (chdir === undefined ? undefined : folderHere(scope, chdir, own)) ?? own;
  const name = plainModule(module.value);
  const callable = value('callable')?.value;
  const apps = name.includes(':')
    ? [name]
    : callable === undefined
      ? [`${name}:application`, name]
      : [`${name}:${callable}`];
  const place = scope.place(path, module.line);
  const found = inFolders(scope, folder, home =>
    apps.map(app => declaredCandidate(home, app, place)).find(each => each !== undefined),
  );
  return found === undefined ? [] : [found];
}

/** `/=pkg.web:app` and `%(app)` apart: a module's name or a file's path below the folder. */
function plainModule(value: string): string {
  return value
    .replace(/^\/[\w/-]*=/, '')
    .replace(/^\/.*\/(?=[^/]+\.py$)/, '')
    .replace(/\.py$/, '');
}

function settingsIn(text: string): readonly Setting[] {
  const found = text.split(/\r?\n/).flatMap((line, at) => {
    const match =
      /^\s*([a-z-]+)\s*[=:]\s*["']?([^"'\s#;]+(?:\s*=\s*[^"'\s#;]+)?)/.exec(line) ??
      /<([a-z-]+)>\s*([^<\s]+)\s*</.exec(line);
    return match === null ? [] : [{ name: match[1] ?? '', value: match[2] ?? '', line: at + 1 }];
  });
  const own = new Map(found.map(({ name, value }) => [name, value]));
  return found.map(each => ({
    ...each,
    value: each.value.replace(/%\((\w+)\)/g, (_, name: string) => own.get(name) ?? ''),
  }));
}
