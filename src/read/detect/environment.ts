import type { Variable } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import { all as sources } from './environment/_all.gen.ts';
import type { EnvironmentSource } from './variable.ts';

/** Every variable that the app reads or that its example file names, sorted by name. */
export function environmentClaim(app: App): Claim<readonly Variable[]> {
  const found = sources
    .flatMap((source: EnvironmentSource) => source.variables(app))
    // No shell, and no env file, can set another; the commands to paste name them.
    .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name) && !ofTheSystem.has(name));
  const byName = groups(found);
  const value = [...byName.values()].map(merged).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { value, evidence: value[0]?.source };
}

function groups(found: readonly Variable[]): ReadonlyMap<string, readonly Variable[]> {
  const byName = new Map<string, Variable[]>();
  for (const each of found) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return byName;
}

/**
 * Read in several places: required if one place can't do without. Of what files say, only an explicit "required" counts,
 * where the code has no default; a value of theirs only where the code asks for one.
 */
function merged(all: readonly Variable[]): Variable {
  const inCode = all.filter(({ source }) => source.includes('.py:'));
  const known = inCode.length > 0 ? inCode : all;
  const value = defaultIn(known);
  const unhandled = value === null ? known.find(each => each.unhandled === true) : undefined;
  const first = known.find(each => each.required) ?? unhandled ?? known[0] ?? all[0];
  if (first === undefined) throw new Error('a variable without a place');

  const { unhandled: _, ...plain } = first;
  const required = known.some(each => each.required) || (value === null && all.some(each => each.required));
  const random = all.some(each => each.random === true) ? { random: true as const } : {};
  return {
    ...plain,
    ...random,
    ...(unhandled === undefined || required ? {} : { unhandled: true as const }),
    required,
    secret: all.some(each => each.secret),
    default: value ?? (required ? defaultIn(all) : null),
  };
}

function defaultIn(found: readonly Variable[]): string | null {
  return found.find(each => each.default !== null)?.default ?? null;
}

/** Set by the machine, by the tools, or by decant itself. */
const ofTheSystem = new Set([
  'PATH',
  'HOME',
  'USER',
  'PWD',
  'SHELL',
  'TERM',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'HOSTNAME',
  'PYTHONPATH',
  'VIRTUAL_ENV',
  'WERKZEUG_RUN_MAIN',
  'WERKZEUG_SERVER_FD',
  'FLASK_APP',
  'FLASK_ENV',
  'FLASK_DEBUG',
  'FLASK_RUN_PORT',
  'FLASK_RUN_HOST',
  'DJANGO_SETTINGS_MODULE',
  'SERVER_SOFTWARE',
  'DYNO',
]);
