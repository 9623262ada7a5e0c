import type { Variable } from '../../../model/profile.ts';
import { missingVariables } from '../../missing-variables.ts';
import { configSet } from '../config-set.ts';
import { defineFailure, type FailureContext } from '../failure.ts';
import { appTraceback, errorLine, ownFrame, placeAndSource, type Traceback } from '../traceback.ts';

export default defineFailure({
  code: 'missing-variable',
  means: 'The app needs a variable that nobody has set',
  rank: 36,
  person: true,
  match: context => {
    const trace = appTraceback(context.output);
    const named = trace === undefined ? [] : namedIn(trace, context);
    if (trace === undefined || named.length === 0) return null;

    const others = missingVariables(context.profile, [...context.environmentNames, ...named]);
    const needed = missingVariables(context.profile, context.environmentNames);
    const known = named.map(name => needed.find(each => each.name === name) ?? name);
    const frame = ownFrame(trace);
    return {
      what: `${list(named)} ${named.length === 1 ? 'is' : 'are'} not set, and the app needs ${named.length === 1 ? 'it' : 'them'}.`,
      evidence: [
        ...(frame === undefined ? [] : [placeAndSource(frame)]),
        errorLine(trace),
        ...others.map(({ name, source }) => `${source}  ${name} is required too`),
      ],
      next: [configSet(context, [...known, ...others]), 'decant up'],
    };
  },
});

function namedIn(trace: Traceback, context: FailureContext): readonly string[] {
  const text = trace.error.join('\n');
  const pydantic = pydanticFields(text, context);
  if (pydantic.length > 0) return pydantic;

  const name = keyOfEnvironment(trace) ?? phrases.map(phrase => phrase.exec(text)?.[1]).find(Boolean);
  if (name !== undefined) return [name];
  return [...databaseVariable(text, context), ...mentioned(text, context), ...readThere(trace, context)].slice(0, 1);
}

/** `KeyError: 'NAME'` that comes from os.environ, by its last frame or by the line of the app. */
function keyOfEnvironment(trace: Traceback): string | undefined {
  const name = /^KeyError: '([^']+)'/.exec(trace.error[0] ?? '')?.[1];
  const last = trace.frames.at(-1);
  const fromOs = last !== undefined && /^<frozen os>$|\/os\.py$/.test(last.file);
  return fromOs || last?.source[0]?.includes('environ[') ? name : undefined;
}

const phrases: readonly RegExp[] = [
  // python-decouple
  /UndefinedValueError: (\w+) not found\./,
  // environs, 9 to 15
  /Environment variable "(\w+)" not set/,
  // django-environ
  /ImproperlyConfigured: Set the (\w+) environment variable/,
  // starlette
  /KeyError: "Config '(\w+)' is missing, and has no default\."/,
];

/** Fields of a pydantic settings class; the profile knows the variable's whole name where the class has a prefix. */
function pydanticFields(text: string, context: FailureContext): readonly string[] {
  if (!/validation errors? for /.test(text)) return [];

  const fields = [...text.matchAll(/^(\w+)\n\s+Field required \[type=missing/gm)].map(([, field = '']) =>
    field.toUpperCase(),
  );
  return fields.map(field => unset(context).find(({ name }) => name.toUpperCase().endsWith(field))?.name ?? field);
}

/** Flask-SQLAlchemy and SQLAlchemy, when the variable with the URL gave None. */
function databaseVariable(text: string, context: FailureContext): readonly string[] {
  const variable = context.profile.database?.variable;
  const isUnset = typeof variable === 'string' && !context.environmentNames.includes(variable);
  const signs =
    /SQLALCHEMY_DATABASE_URI|Expected string or URL object, got None|'NoneType' object has no attribute '_instantiate_plugins'|SQLAlchemy URL from (?:given URL )?string '(?:None)?'/;
  return isUnset && signs.test(text) ? [variable] : [];
}

/** A variable of the profile that is not set, and that the app's own message names. */
function mentioned(text: string, context: FailureContext): readonly string[] {
  const words = new Set(text.match(/\b[A-Z][A-Z0-9_]{2,}\b/g));
  return unset(context).flatMap(({ name }) => (words.has(name) ? [name] : []));
}

/** `os.environ.get("URL").replace(…)` fails on None: the variable that is read in the failing statement. */
function readThere(trace: Traceback, context: FailureContext): readonly string[] {
  const frame = ownFrame(trace);
  if (frame === undefined || frame !== trace.frames.at(-1) || !/'NoneType'|None\b/.test(trace.error[0] ?? ''))
    return [];

  return unset(context).flatMap(({ name, source }) => {
    const [, path = '', line = ''] = /^(.*):(\d+)$/.exec(source ?? '') ?? [];
    return frame.file.endsWith(`/${path}`) && Math.abs(Number(line) - frame.line) <= statementLines ? [name] : [];
  });
}

/** A statement over several lines is shown by any of them. */
const statementLines = 3;

function unset({ profile, environmentNames }: FailureContext): readonly Variable[] {
  return profile.environment.filter(({ name }) => !environmentNames.includes(name));
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
