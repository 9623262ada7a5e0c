import { DecantError, exitCodes } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import { type Config, type Origin, originOf } from './config.ts';
import { explicitSettings, type SettingName, settingNames } from './explicit.ts';
import { type Issue, issueWords, keyPath, unknownKeyWords } from './issue-words.ts';
import { type ConfigValues, configSchema, type Target } from './schema.ts';

/** What flows need to know before anything is read from the repository. undefined: nobody said anything. */
export interface Settings {
  readonly app: string | undefined;
  readonly target: string;
  readonly type: Target['type'];
  /** Asked for: a port that is taken is an error. */
  readonly port: number | undefined;
  readonly host: string;
  readonly root: string | undefined;
  readonly python: string | undefined;
  readonly entry: string | undefined;
  readonly health: string | null | undefined;
  readonly release: string | null | undefined;
  readonly workers: number | undefined;
  readonly threads: number | undefined;
  readonly workerClass: ConfigValues['worker_class'];
}

export interface Given {
  readonly config: Config;
  /** Only what stood on the command line. */
  readonly flags: Partial<Readonly<Record<SettingName, string | number>>>;
  /** The shell's environment; only DECANT_* names are looked at, and an empty one is none. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const defaultTarget = 'local';
export const defaultHost = '127.0.0.1';

/**
 * Flag over DECANT_* over file: the settings, and the file's values with what is stronger laid over them (give that
 * one to `configured`). Throws DecantError: a value that can't be (exit 3), a target that is not there (exit 2).
 */
export function settings(given: Given): { readonly settings: Settings; readonly config: Config } {
  const target = pick(given, 'target');
  const name = String(target?.value ?? defaultTarget);
  const config = overlaid(given, withTarget(given.config, name), name);
  const { values } = config;
  const chosen = values.targets?.[name];

  return {
    config: target === undefined ? config : { ...config, origins: { ...config.origins, target: target.origin } },
    settings: {
      app: values.app,
      target: name,
      type: chosen?.type ?? 'local',
      port: chosen?.port,
      host: chosen?.host ?? defaultHost,
      root: values.root,
      python: values.python,
      entry: values.entry,
      health: values.health,
      release: values.release,
      workers: values.workers,
      threads: values.threads,
      workerClass: values.worker_class,
    },
  };
}

interface Picked {
  readonly value: string | number | null;
  readonly origin: Origin;
}

/** The strongest of a flag and a variable. */
function pick({ flags, environment }: Given, name: SettingName): Picked | undefined {
  const { flag = '', variable = '' } = explicitSettings[name];
  const given = flags[name];
  if (given !== undefined) return { value: given, origin: { origin: 'flag', place: flag } };

  const text = environment[variable];
  return text === undefined || text === ''
    ? undefined
    : { value: typed(name, text), origin: { origin: 'environment', place: variable } };
}

/** A variable's text as the value that the file would hold. */
function typed(name: SettingName, text: string): string | number | null {
  if ((name === 'health' || name === 'release') && text === 'null') return null;
  const isNumber = name === 'port' || name === 'workers' || name === 'threads';
  return isNumber && /^\d+$/.test(text) ? Number(text) : text;
}

/** The file's targets, with the default one that needs no line. */
function withTarget(config: Config, name: string): ConfigValues {
  const { targets } = config.values;
  if (targets !== undefined && Object.hasOwn(targets, name)) return config.values;
  if (name === defaultTarget) return { ...config.values, targets: { ...targets, [name]: { type: 'local' } } };

  const known = [...new Set([...Object.keys(targets ?? {}), defaultTarget])];
  const meant = nearest(name, known);
  throw new DecantError(exitCodes.usage, {
    code: 'target-unknown',
    what: `There is no target ${JSON.stringify(name)}${config.path === null ? '' : ` in ${config.path}`}.`,
    evidence: known.map(
      each =>
        `${each}${originOf(config, `targets.${each}`) === undefined ? '  (always there)' : `  ${originOf(config, `targets.${each}`)?.place}`}`,
    ),
    state: 'Nothing was changed.',
    next: [meant === undefined ? 'name one of these with -t' : `-t ${meant}`],
  });
}

function overlaid(given: Given, base: ConfigValues, target: string): Config {
  const picked = settingNames.flatMap(name => {
    const found = name === 'target' ? undefined : pick(given, name);
    return found === undefined ? [] : [{ ...found, path: explicitSettings[name].path(target) }];
  });
  const values = picked.reduce<object>((all, { path, value }) => withValue(all, path, value), base);
  const parsed = configSchema.safeParse(values, { reportInput: true });
  if (!parsed.success) throw invalid(parsed.error.issues, picked);

  const origins = picked.map(({ path, origin }) => [keyPath(path), origin]);
  return {
    path: given.config.path,
    values: parsed.data,
    origins: { ...given.config.origins, ...Object.fromEntries(origins) },
  };
}

function withValue(object: object, [head = '', ...rest]: readonly string[], value: unknown): object {
  const inner: unknown = Reflect.get(object, head);
  const below = typeof inner === 'object' && inner !== null ? inner : {};
  return { ...object, [head]: rest.length === 0 ? value : withValue(below, rest, value) };
}

function invalid(
  issues: readonly Issue[],
  picked: readonly (Picked & { readonly path: readonly string[] })[],
): DecantError {
  const evidence = issues.flatMap(issue => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map(key => [...issue.path, key]) : [issue.path];
    return paths.map(path => {
      const source = picked.find(each => keyPath(each.path) === keyPath(path));
      const words =
        issue.code === 'unrecognized_keys'
          ? unknownKeyWords(issue.path, String(path.at(-1)))
          : issueWords(issue, String(source?.value));
      return source === undefined ? words : `${source.origin.place}=${JSON.stringify(source.value)}  ${words}`;
    });
  });

  return new DecantError(exitCodes.person, {
    code: 'setting-invalid',
    what:
      evidence.length === 1
        ? "A setting was given a value that it can't have."
        : `${evidence.length} settings were given values that they can't have.`,
    evidence,
    state: 'Nothing was changed.',
    next: ['give them other values', 'decant config show --origin'],
  });
}
