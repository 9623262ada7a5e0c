import { dirname, join, normalize } from 'node:path/posix';
import type { Scope } from './scope.ts';
import { plainWords } from './server-command.ts';

/** The repository's own shell scripts that a command line calls, also those that a container has at another path. */
export function calledScripts(scope: Scope, command: string, folder: string): readonly string[] {
  return plainWords(command).flatMap(word => {
    if (!/^[\w./-]+$/.test(word) || word.startsWith('-')) return [];
    const found = placesOf(word, folder).find(path => isScript(scope, path)) ?? onlyOne(scope, word);
    return found === undefined ? [] : [found];
  });
}

function placesOf(word: string, folder: string): readonly string[] {
  const parts = word.split('/').filter(part => part !== '' && part !== '.');
  const ends = parts.map((_, at) => parts.slice(at).join('/'));
  return ends.flatMap(end => [normalize(join(folder, end)), end]);
}

/** `COPY deploy/start.sh /start.sh` gives a script another place: its name must then be the only one. */
function onlyOne(scope: Scope, word: string): string | undefined {
  const name = word.replace(/^.*\//, '');
  if (!/\.(sh|bash)$/.test(name)) return undefined;
  const found = scope.files.filter(path => path.endsWith(`/${name}`));
  return found.length === 1 && dirname(found[0] ?? '') !== '.' ? found[0] : undefined;
}

function isScript(scope: Scope, path: string): boolean {
  if (!scope.files.includes(path) || path.endsWith('.py')) return false;
  return /\.(sh|bash)$/.test(path) || /^#!.*\b(ba|da|z)?sh\b/.test(scope.text(path)?.slice(0, 80) ?? '');
}
