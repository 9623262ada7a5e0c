import { commandCandidates } from '../command-entry.ts';
import type { EntryCandidate, EntrySource } from '../entry.ts';
import { procfileLines } from '../procfile.ts';
import type { Scope } from '../scope.ts';

/** The `web` line of a Procfile: what somebody runs in production. */
const source: EntrySource = {
  name: 'Procfile',
  trust: 100,
  production: true,
  candidates: (scope: Scope): readonly EntryCandidate[] =>
    procfileLines(scope)
      .filter(({ name }) => name === 'web')
      .flatMap(({ command, place }) => commandCandidates(scope, command, place)),
};

export default source;
