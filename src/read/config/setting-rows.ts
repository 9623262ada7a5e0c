import type { ConfigShowAnswer } from '../../model/config-answers.ts';
import type { Profile } from '../../model/profile.ts';
import { type Config, originOf } from './config.ts';
import { explicitSettings, type SettingName, settingNames } from './explicit.ts';
import { defaultHost, defaultTarget } from './settings.ts';

export type SettingRow = ConfigShowAnswer['settings'][number];
type Value = SettingRow['value'];

interface Known {
  /** From `settings`: with flags and variables laid over the file. */
  readonly config: Config;
  readonly target: string;
  /** As detected or as configured; absent: the repository was not read. */
  readonly profile?: Profile;
  /** What holds where nobody said anything: `{ port: 8000, workers: 2 }`. */
  readonly defaults?: Partial<Readonly<Record<SettingName, Value>>>;
}

/** Every setting with its value and where it comes from: flag > DECANT_* > file > detected > default. */
export function settingRows(known: Known): SettingRow[] {
  return [...settingNames.map(name => settingRow(known, name)), ...processRows(known), ...listRows(known)];
}

function settingRow(known: Known, name: SettingName): SettingRow {
  const { config, target } = known;
  const path = explicitSettings[name].path(target);
  const given = name === 'target' ? target : valueAt(config.values, path);
  const origin = given === undefined ? undefined : originOf(config, path.join('.'));
  if (origin !== undefined) return { key: name, value: given ?? null, ...origin };

  const found = known.profile === undefined ? undefined : detected(known.profile, name);
  if (found !== undefined && found.value !== null) return { key: name, origin: 'detected', ...found };
  return { key: name, value: known.defaults?.[name] ?? builtIn[name] ?? null, origin: 'default', place: null };
}

const builtIn: Partial<Record<SettingName, Value>> = { target: defaultTarget, host: defaultHost, port: 8000 };

function valueAt(values: unknown, path: readonly string[]): Value | undefined {
  const found = path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    values,
  );
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' || found === null
    ? found
    : undefined;
}

function detected(
  profile: Profile,
  name: SettingName,
): { readonly value: Value; readonly place: string | null } | undefined {
  const place = (claim: string) => profile.evidence[claim] ?? null;
  if (name === 'python') return { value: profile.python.requires, place: profile.python.source };
  if (name === 'release') return { value: profile.migrations?.command || null, place: place('migrations') };
  if (name === 'app' || name === 'root' || name === 'entry' || name === 'health' || name === 'worker_class')
    return { value: profile[name], place: place(name) };
  return undefined;
}

function processRows({ config, profile }: Known): SettingRow[] {
  const given = config.values.processes ?? {};
  const names = new Set([...Object.keys(profile?.processes ?? {}), ...Object.keys(given)]);

  return [...names].sort().map(name => {
    const origin = Object.hasOwn(given, name) ? originOf(config, `processes.${name}`) : undefined;
    if (origin !== undefined) return { key: `processes.${name}`, value: given[name] ?? null, ...origin };
    return {
      key: `processes.${name}`,
      value: profile?.processes[name] ?? null,
      origin: 'detected' as const,
      place: profile?.evidence.processes ?? null,
    };
  });
}

/** `static`, `state` and `build`, each as one line. */
function listRows({ config, profile }: Known): SettingRow[] {
  const lists = {
    static:
      profile?.static.map(({ url, path }) => `${url} ${path}`) ??
      config.values.static?.map(({ url, path }) => `${url} ${path}`),
    state: profile?.state.map(({ path, kind }) => (kind === 'folder' ? `${path}/` : path)) ?? config.values.state,
    build: profile?.build ?? config.values.build,
  };

  return Object.entries(lists).map(([key, list = []]) => {
    const value = list.length === 0 ? null : list.join(', ');
    const origin = originOf(config, key);
    if (origin !== undefined) return { key, value, ...origin };
    return value === null
      ? { key, value, origin: 'default' as const, place: null }
      : {
          key,
          value,
          origin: 'detected' as const,
          place: profile?.evidence[key] ?? (key === 'state' ? (profile?.state[0]?.evidence ?? null) : null),
        };
  });
}
