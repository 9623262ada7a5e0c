import { lineOf } from '../../install/toml.ts';
import { dataAt, jsonData, textIn } from '../data-at.ts';
import { declaredCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import { envFileLines } from '../env-file-lines.ts';
import type { Scope } from '../scope.ts';
import { shellText } from '../shell-text.ts';

/** FLASK_APP in the files that the flask command reads, in scripts and in app.json. */
const source: EntrySource = {
  name: 'FLASK_APP',
  trust: 90,
  candidates: scope => [...fromEnvFiles(scope), ...fromScripts(scope), ...fromAppJson(scope)],
};

function fromEnvFiles(scope: Scope): readonly EntryCandidate[] {
  const others = scope.files.filter(
    path => /^(\.?envs?\/)?(\.env[\w.-]*|[\w-]*\.env)$/.test(path) && !first.includes(path),
  );
  return [...first.filter(path => scope.text(path) !== undefined), ...others].flatMap((path, at) =>
    envFileLines(scope, path)
      .filter(({ name, value }) => name === 'FLASK_APP' && value !== '')
      .flatMap(({ value, line }) => {
        const found = declaredCandidate(scope, value, scope.place(path, line));
        return found === undefined ? [] : [{ ...found, doubt: Math.min(at, 4) }];
      }),
  );
}

const first = ['.flaskenv', '.env', '.env.example', '.env.sample'];

/** `export FLASK_APP=shop.py` in a shell script. */
function fromScripts(scope: Scope): readonly EntryCandidate[] {
  return scope.files
    .filter(
      path => /\.(sh|bash)$|(^|\/)(\.envrc|activate)$/.test(path) && scope.text(path)?.includes('FLASK_APP') === true,
    )
    .flatMap(path => {
      const source = scope.text(path);
      const value = shellText(source ?? '').variables.get('FLASK_APP');
      const place = scope.place(path, lineOf(source, 'FLASK_APP'));
      const found = value === undefined ? undefined : declaredCandidate(scope, value, place);
      return found === undefined ? [] : [{ ...found, doubt: 15 }];
    });
}

function fromAppJson(scope: Scope): readonly EntryCandidate[] {
  const text = scope.text('app.json');
  const setting = dataAt(jsonData(text), 'env', 'FLASK_APP');
  const value = typeof setting === 'string' ? setting : textIn(setting, 'value');
  const found =
    value === undefined
      ? undefined
      : declaredCandidate(scope, value, scope.place('app.json', lineOf(text, 'FLASK_APP')));
  return found === undefined ? [] : [found];
}

export default source;
