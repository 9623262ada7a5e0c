import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentValues, missingSigningKeys, type Value } from '../../decide/environment.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Install } from '../../model/install.ts';
import type { Profile } from '../../model/profile.ts';
import type { ParsePython, RepoFiles } from '../../model/repo-files.ts';
import { configVariables } from '../../read/config/config.ts';
import { configured } from '../../read/config/configured.ts';
import { gunicornFile } from '../../read/detect/gunicorn-file.ts';
import { profileOf } from '../../read/detect/profile.ts';
import { envFile } from '../../read/env-file.ts';
import type { ProjectConfig } from '../source/project-config.ts';
import { openPythonParser } from '../source/python-parser.ts';
import { repoFiles } from '../source/repo-files.ts';
import type { GatheredSource } from '../source/source.ts';

/** What a repository says, and the environment that it will get. */
export interface ReleaseInputs {
  readonly files: RepoFiles;
  readonly profile: Profile;
  readonly install: Install;
  readonly values: readonly Value[];
  readonly generated: readonly string[];
  /** Files and folders (with a slash at the end) of the app's state that git ignores, relative to the repository. */
  readonly ignoredState: readonly string[];
  readonly gunicornConf: string | null;
  readonly tuning: Deployment['tuning'];
  /** The version that building the project asks git for. */
  readonly describe: string | null;
}

/** Reads a source: files → profile, and the values of its environment. */
export async function releaseInputs(request: {
  readonly app: string;
  readonly source: GatheredSource;
  /** Values that stay from release to release: those that a person set, and generated keys. */
  readonly kept: readonly Value[];
  readonly project: ProjectConfig;
  /** The parser, where it is being opened already. */
  readonly parsing?: Promise<ParsePython>;
  /** Whether env files that git ignores may be read: only for `local`, from a folder. */
  readonly readsIgnored: boolean;
  /** Whether state that stays behind is looked for: only a first release has to say it. */
  readonly isFirst: boolean;
}): Promise<ReleaseInputs> {
  const { app, source } = request;
  const { files, profile, install } = await detected(app, source, request.project, request.parsing);
  const { workers, threads } = request.project.settings;
  const values = [...configVariables(request.project.config), ...fileValues(request, profile)];
  const given = new Set([...values, ...request.kept].map(value => value.name));
  const made = missingSigningKeys(profile.environment, given).map(name => ({
    name,
    value: randomBytes(32).toString('hex'),
    origin: 'generated' as const,
  }));

  return {
    files,
    profile,
    install,
    values: environmentValues([...values, ...request.kept, ...made]),
    generated: made.map(value => value.name),
    ignoredState: request.isFirst ? await ignoredState(source, profile) : [],
    gunicornConf: gunicornConf(files, profile),
    describe: install.projects.length > 0 ? await source.describe() : null,
    tuning: { ...(workers === undefined ? {} : { workers }), ...(threads === undefined ? {} : { threads }) },
  };
}

/** The profile of a source, without its environment's values. */
export async function detected(
  app: string,
  source: GatheredSource,
  project: ProjectConfig,
  parsing: Promise<ParsePython> = openPythonParser(),
): Promise<{ files: RepoFiles; profile: Profile; install: Install }> {
  const files = repoFiles(source.folder, source.paths);
  const parse = await parsing;
  const below = [source.subFolder, project.settings.root ?? '.'].filter(part => part !== '.').join('/');
  const found = profileOf(files, parse, below === '' ? { app } : { app, root: below });
  const { profile, install } = configured(found, project.config);

  return { files, profile, install };
}

/** Values of `.flaskenv` and `.env` at the app's root: committed ones always, ignored ones where allowed. */
function fileValues(
  { source, readsIgnored }: { source: GatheredSource; readsIgnored: boolean },
  profile: Profile,
): Value[] {
  const committed = new Set(source.paths);
  const prefix = profile.root === '.' ? '' : `${profile.root}/`;

  return (['.flaskenv', '.env'] as const).flatMap(origin => {
    const path = `${prefix}${origin}`;
    const file = join(source.folder, path);
    if (!existsSync(file) || !(committed.has(path) || readsIgnored)) return [];
    return envFile(readFileSync(file, 'utf8')).entries.map(({ name, value }) => ({ name, value, origin }));
  });
}

/** State in the folder that git ignores: it belongs to development and stays where it is, unless it is asked for. */
async function ignoredState(source: GatheredSource, profile: Profile): Promise<string[]> {
  const prefix = profile.root === '.' ? '' : `${profile.root}/`;
  const ignored = await source.ignored();

  return profile.state.flatMap(({ path }) => {
    const own = `${prefix}${path}`;
    const inside = ignored.filter(found => found === own || found.startsWith(`${own}/`));
    const isBelow = inside.length === 0 && ignored.some(found => found.endsWith('/') && own.startsWith(found));
    return isBelow ? existing(source.folder, own) : inside;
  });
}

function existing(folder: string, path: string): string[] {
  const stat = statSync(join(folder, path), { throwIfNoEntry: false });
  return stat === undefined ? [] : [stat.isDirectory() ? `${path}/` : path];
}

function gunicornConf({ paths }: RepoFiles, { root, processes }: Profile): string | null {
  const below = (path: string) => (root === '.' ? path : `${root}/${path}`);
  const found = gunicornFile(processes.web, path => paths.includes(below(path)));
  return found === null ? null : below(found);
}
