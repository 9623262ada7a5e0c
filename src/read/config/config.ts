import type { ConfigValues } from './schema.ts';

/** Where a value that somebody gave comes from: "--port", "DECANT_PORT", "decant.yaml:4". */
export interface Origin {
  readonly origin: 'flag' | 'environment' | 'file';
  readonly place: string;
}

/** What somebody has set, each value with its origin. */
export interface Config {
  /** The file, relative to the repository; null: there is none. */
  readonly path: string | null;
  readonly values: ConfigValues;
  /** Every key that is there, by its path: "entry", "processes.worker", "state.0", "targets.local.port". */
  readonly origins: Readonly<Record<string, Origin>>;
}

/** Nothing is set. */
export const noConfig: Config = { path: null, values: {}, origins: {} };

/** Where a key's value comes from; what is merged in or repeated (`*name`) counts as its nearest key above. */
export function originOf(config: Config, key: string): Origin | undefined {
  const own = config.origins[key];
  const dot = key.lastIndexOf('.');
  return own ?? (dot < 0 ? undefined : originOf(config, key.slice(0, dot)));
}

/** The variables of `env`, in the order of the file. */
export function configVariables(
  config: Config,
): { readonly name: string; readonly value: string; readonly origin: 'decant.yaml'; readonly place: string | null }[] {
  return Object.entries(config.values.env ?? {}).map(([name, value]) => ({
    name,
    value,
    origin: 'decant.yaml',
    place: originOf(config, `env.${name}`)?.place ?? null,
  }));
}
