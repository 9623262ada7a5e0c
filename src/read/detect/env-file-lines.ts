import type { Scope } from './scope.ts';

export interface EnvFileLine {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The one-line assignments of an env file: for names and hints, not for running (that is `read/env-file.ts`). */
export function envFileLines(scope: Scope, path: string): readonly EnvFileLine[] {
  return (scope.text(path) ?? '').split(/\r?\n/).flatMap((text, at) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"]*)"\s*|'([^']*)'\s*|([^#]*))(?:#.*)?$/s.exec(text);
    if (match === null) return [];
    return [{ name: match[1] ?? '', value: match[2] ?? match[3] ?? match[4]?.trimEnd() ?? '', line: at + 1 }];
  });
}
