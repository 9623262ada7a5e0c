import type { Place } from '../../model/profile.ts';
import { stringsOfJson } from './json-strings.ts';
import type { Scope } from './scope.ts';

export interface DockerfileLine {
  readonly instruction: string;
  /** The rest of the instruction; a JSON array becomes its words. */
  readonly text: string;
  readonly place: Place;
}

/** Every Dockerfile of the scope, the most usual places first; those for development and tests last. */
export function dockerfilePaths(scope: Scope): readonly string[] {
  return scope.files.filter(path => named.test(path)).toSorted((a, b) => weight(a) - weight(b));
}

/** Whether a file's or a folder's name says that it is for work on the app and not for running it. */
export function isForDevelopment(path: string): boolean {
  return /(^|[./_-])(dev|devel|development|debug|local|override|test|tests|testing|ci|lint)([./_-]|$)/i.test(path);
}

const named = /(^|\/)((Dockerfile|Containerfile)([._-][\w.-]+)?|[\w-]+\.Dockerfile)$/i;

function weight(path: string): number {
  const usual = /^(docker\/)?(Dockerfile|Containerfile)$/.test(path) ? 0 : 1;
  const production = /prod/i.test(path) ? 0 : 0.5;
  return usual + production + 10 * (path.split('/').length - 1) + (isForDevelopment(path) ? 100 : 0);
}

/** The instructions of a Dockerfile, else of the first one, continuations joined. */
export function dockerfileLines(scope: Scope, written?: string): readonly DockerfileLine[] {
  const path = written ?? dockerfilePaths(scope)[0];
  const source = path === undefined ? undefined : scope.text(path);
  if (path === undefined || source === undefined) return [];

  const found: DockerfileLine[] = [];
  let at = 0;
  for (const block of source.split(/(?<!\\)\r?\n/)) {
    const match = /^\s*([A-Z]+)\s+([\s\S]+)$/i.exec(block);
    if (match !== null && !block.trimStart().startsWith('#')) {
      const text = (match[2] ?? '').replace(/\\\r?\n/g, ' ').trim();
      found.push({ instruction: (match[1] ?? '').toUpperCase(), text: words(text), place: scope.place(path, at + 1) });
    }
    at += block.split('\n').length;
  }
  return found;
}

/** `["a", "b c"]` → `a 'b c'`; a list that ends in `-c "line"` is that line. */
function words(text: string): string {
  if (!text.startsWith('[')) return text;
  const list = stringsOfJson(text);
  if (list === undefined) return text;
  const shell = list.indexOf('-c');
  if (shell !== -1 && /sh$/.test(list[0] ?? '')) return list[shell + 1] ?? '';
  return list.map(word => (/[\s'()]/.test(word) && !word.includes('"') ? `"${word}"` : word)).join(' ');
}
