import { lineOf } from '../../install/toml.ts';
import { dataAt, entriesIn, listIn, textIn } from '../data-at.ts';
import { appOfModule, declaredCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import { platformData, textsUnder } from '../platform-file.ts';
import type { Scope } from '../scope.ts';

/** Where functions and old hosts are told the app: zappa's `app_function`, vercel's builds, Elastic Beanstalk's WSGIPath. */
const source: EntrySource = {
  name: 'serverless file',
  trust: 84,
  production: true,
  candidates: scope => [...zappa(scope), ...vercel(scope), ...beanstalk(scope)],
};

function zappa(scope: Scope): readonly EntryCandidate[] {
  return ['json', 'yml', 'yaml', 'toml'].flatMap(ending => {
    const path = `zappa_settings.${ending}`;
    return entriesIn(platformData(scope, path)).flatMap(([, stage]) => {
      const written = textIn(stage, 'app_function')?.replace(/\.(\w+)$/, ':$1');
      return written === undefined ? [] : declared(scope, path, written, textIn(stage, 'app_function') ?? '');
    });
  });
}

function vercel(scope: Scope): readonly EntryCandidate[] {
  return ['vercel.json', 'now.json'].flatMap(path => {
    const data = platformData(scope, path);
    const built = listIn(data, 'builds').map(build => textIn(build, 'src'));
    return [...built, ...entriesIn(data, 'functions').map(([name]) => name)].flatMap(file => {
      if (file === undefined || !file.endsWith('.py') || !scope.has(file.replace(/^\.?\//, ''))) return [];
      const found = appOfModule(scope, file.replace(/^\.?\//, ''));
      return found === undefined ? [] : [{ ...found, evidence: scope.place(path, lineOf(scope.text(path), file)) }];
    });
  });
}

function beanstalk(scope: Scope): readonly EntryCandidate[] {
  return scope.files
    .filter(path => /^\.ebextensions\/.*\.(config|ya?ml)$/.test(path))
    .flatMap(path => {
      const data = platformData(scope, path);
      const nested = entriesIn(data, 'option_settings').flatMap(([, group]) => textsUnder(group, 'WSGIPath'));
      const listed = listIn(data, 'option_settings')
        .filter(option => dataAt(option, 'option_name') === 'WSGIPath')
        .flatMap(option => textIn(option, 'value') ?? []);
      return [
        ...nested,
        ...listed,
        ...textsUnder(dataAt(data, 'option_settings'), 'aws:elasticbeanstalk:container:python:WSGIPath'),
      ].flatMap(written => declared(scope, path, written.replace(/\.py$/, '').replaceAll('/', '.'), written));
    });
}

/** A bare module means its `application`, else its only app. */
function declared(scope: Scope, path: string, written: string, text: string): readonly EntryCandidate[] {
  const place = scope.place(path, lineOf(scope.text(path), text));
  const found = declaredCandidate(scope, written, place);
  return found === undefined ? [] : [found];
}

export default source;
