import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { type Config, noConfig } from '../../read/config/config.ts';
import { configPath } from '../../read/config/config-path.ts';
import { isExplicit } from '../../read/config/explicit.ts';
import type { Settings } from '../../read/config/settings.ts';
import type { Context } from '../context.ts';
import { gitAnswer } from './git.ts';
import type { SourcePlace } from './source-place.ts';

/** What somebody said about a source: on the command line, in DECANT_* variables, in its decant.yaml. */
export interface ProjectConfig {
  readonly settings: Settings;
  /** Values with their origins; what `configured` lays over the profile. */
  readonly config: Config;
}

/** Reads the file of the source as it will be deployed (a REF's own), or the one that `--config` names. */
export async function projectConfig(
  context: Context,
  place: Pick<SourcePlace, 'folder' | 'ref'>,
  flags: { readonly port?: number | undefined },
): Promise<ProjectConfig> {
  const found = context.configFile === undefined ? await ownFile(place) : namedFile(context.cwd, context.configFile);
  const given = {
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(context.target === 'local' ? {} : { target: context.target }),
  };

  if (found === undefined && Object.keys(given).length === 0 && !isExplicit(context.environment)) return unsaid;

  // The schema library is loaded only where there is something to judge: it costs more than all else here.
  const [{ parseConfig }, { settings }] = await Promise.all([
    import('../../read/config/parse.ts'),
    import('../../read/config/settings.ts'),
  ]);
  const config = found === undefined ? noConfig : parseConfig(found.text, found.path);
  return settings({ config, flags: given, environment: context.environment });
}

/** Nobody said anything. */
const unsaid: ProjectConfig = {
  config: noConfig,
  settings: {
    app: undefined,
    target: 'local',
    type: 'local',
    port: undefined,
    host: '127.0.0.1',
    root: undefined,
    python: undefined,
    entry: undefined,
    health: undefined,
    release: undefined,
    workers: undefined,
    threads: undefined,
    workerClass: undefined,
  },
};

interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

async function ownFile({ folder, ref }: Pick<SourcePlace, 'folder' | 'ref'>): Promise<ConfigFile | undefined> {
  if (ref === undefined) {
    const path = configPath(['decant.yaml', 'decant.yml'].filter(name => existsSync(resolve(folder, name))));
    return path === undefined ? undefined : { path, text: readFileSync(resolve(folder, path), 'utf8') };
  }

  const listing = (await gitAnswer(['ls-tree', '--name-only', ref, './'], { cwd: folder })) ?? '';
  const path = configPath(listing.split('\n'));
  const text = path === undefined ? undefined : await gitAnswer(['show', `${ref}:./${path}`], { cwd: folder });
  return path === undefined || text === undefined ? undefined : { path, text };
}

function namedFile(cwd: string, name: string): ConfigFile {
  const path = resolve(cwd, name);
  if (existsSync(path)) return { path: name, text: readFileSync(path, 'utf8') };

  throw new DecantError(exitCodes.usage, {
    code: 'no-config-file',
    what: `There is no file ${name}.`,
    evidence: [path],
    state: 'Nothing was changed.',
    next: ['name another file with -c, or leave it out: decant.yaml is optional'],
  });
}
