import { lineOf } from '../../install/toml.ts';
import { commandCandidates } from '../command-entry.ts';
import { entriesIn, jsonData } from '../data-at.ts';
import type { EntrySource } from '../entry.ts';

/** A script of package.json that starts a Python server; `start` before the others. */
const source: EntrySource = {
  name: 'package.json',
  trust: 68,
  candidates(scope) {
    const text = scope.text('package.json');
    return entriesIn(jsonData(text), 'scripts').flatMap(([name, command]) => {
      if (typeof command !== 'string') return [];
      const place = scope.place('package.json', lineOf(text, `"${name}"`));
      const doubt = /^(start|serve|prod)/.test(name) ? 0 : 10;
      return commandCandidates(scope, command, place).map(found => ({ ...found, doubt: (found.doubt ?? 0) + doubt }));
    });
  },
};

export default source;
