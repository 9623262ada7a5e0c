import { declaredCandidate, type EntrySource } from '../entry.ts';
import { envFileLines } from '../env-file-lines.ts';

/** FLASK_APP in the files that the flask command reads. */
const source: EntrySource = {
  name: 'FLASK_APP',
  trust: 90,
  candidates: scope =>
    ['.flaskenv', '.env', '.env.example', '.env.sample'].flatMap(path =>
      envFileLines(scope, path)
        .filter(({ name, value }) => name === 'FLASK_APP' && value !== '')
        .flatMap(({ value, line }) => declaredCandidate(scope, value, scope.place(path, line)) ?? []),
    ),
};

export default source;
