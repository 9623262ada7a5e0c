import { commandCandidates } from '../command-entry.ts';
import type { EntrySource } from '../entry.ts';
import { serverCommands } from '../server-command.ts';
import { shellText } from '../shell-text.ts';

/** A recipe of a Makefile that starts a server of production. */
const source: EntrySource = {
  name: 'Makefile',
  trust: 70,
  candidates: scope =>
    ['Makefile', 'makefile', 'GNUmakefile', 'justfile'].flatMap(path => {
      const { lines } = shellText(
        (scope.text(path) ?? '').replace(/\$\((\w+)\)/g, `\${$1}`).replace(/^(\w+)\s*[:?]?=\s*/gm, '$1='),
      );
      return lines
        .filter(({ text }) => serverCommands(text).some(({ development }) => !development))
        .flatMap(({ text, line }) => commandCandidates(scope, text, scope.place(path, line)));
    }),
};

export default source;
