import { commandCandidates } from '../command-entry.ts';
import { dockerfileLines } from '../dockerfile.ts';
import { declaredCandidate, type EntrySource } from '../entry.ts';

/** CMD, ENTRYPOINT (and the script that it calls) and FLASK_APP of a Dockerfile. */
const source: EntrySource = {
  name: 'Dockerfile',
  trust: 85,
  candidates: scope =>
    dockerfileLines(scope).flatMap(({ instruction, text, place }) => {
      if (instruction === 'CMD' || instruction === 'ENTRYPOINT') {
        return [text, ...scriptTexts(text, path => scope.text(path))].flatMap(command =>
          commandCandidates(scope, command, place),
        );
      }
      const flaskApp = instruction === 'ENV' ? /\bFLASK_APP[= ]["']?([^\s"']+)/.exec(text)?.[1] : undefined;
      return flaskApp === undefined ? [] : (declaredCandidate(scope, flaskApp, place) ?? []);
    }),
};

/** The text of a shell script that the command runs, comments left out. */
function scriptTexts(command: string, text: (path: string) => string | undefined): readonly string[] {
  return [...command.matchAll(/[\w./-]+\.sh\b/g)].flatMap(([path]) => {
    const name = path.replace(/^\.?\/+/, '');
    const body = text(name) ?? text(name.replace(/^.*\//, ''));
    return body === undefined ? [] : [body.replace(/\\\r?\n/g, ' ').replace(/^\s*#.*$/gm, '')];
  });
}

export default source;
