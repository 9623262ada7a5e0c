import type { Place } from '../../model/profile.ts';
import { stringsOfJson } from './json-strings.ts';
import type { Scope } from './scope.ts';

export interface DockerfileLine {
  readonly instruction: string;
  /** The rest of the instruction; a JSON array becomes its words. */
  readonly text: string;
  readonly place: Place;
}

/** The instructions of the Dockerfile, continuations joined. */
export function dockerfileLines(scope: Scope): readonly DockerfileLine[] {
  const path = ['Dockerfile', 'docker/Dockerfile', 'Dockerfile.prod', 'Containerfile'].find(
    each => scope.text(each) !== undefined,
  );
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
