import type { Place } from '../../model/profile.ts';
import type { Scope } from './scope.ts';

export interface ProcfileLine {
  readonly name: string;
  readonly command: string;
  readonly place: Place;
}

/** The lines of the Procfile: `name: command`. */
export function procfileLines(scope: Scope): readonly ProcfileLine[] {
  const lines = (scope.text('Procfile') ?? '').split(/\r?\n/);
  return lines.flatMap((text, at) => {
    const match = /^([A-Za-z0-9_-]+)\s*:\s*(\S.*)$/.exec(text.trim());
    if (match === null) return [];
    return [{ name: match[1] ?? '', command: match[2] ?? '', place: scope.place('Procfile', at + 1) }];
  });
}
