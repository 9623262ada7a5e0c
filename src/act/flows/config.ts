import { readFileSync } from 'node:fs';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { isVariableName } from '../../base/names.ts';
import type { Value } from '../../decide/environment.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { ConfigListAnswer, ConfigShowAnswer } from '../../model/config-answers.ts';
import type {
  ConfigImportRequest,
  ConfigListRequest,
  ConfigSetRequest,
  ConfigUnsetRequest,
} from '../../model/requests.ts';
import { settingRows } from '../../read/config/setting-rows.ts';
import { envFile } from '../../read/env-file.ts';
import { isSecretName } from '../../read/secret-name.ts';
import type { Context } from '../context.ts';
import { saveRecord } from '../gather/app-store.ts';
import { readConfig, writeConfig } from '../gather/config-store.ts';
import type { Gathered } from '../gather/gathered.ts';
import { appForConfig, settledApp } from '../gather/known-app.ts';
import { detected } from '../gather/release-inputs.ts';
import { projectConfig } from '../source/project-config.ts';
import { gatherSource } from '../source/source.ts';
import { sourcePlace } from '../source/source-place.ts';
import { locked } from '../submit/perform.ts';
import { changedNames, redeploy } from '../submit/redeploy.ts';

type Change = (values: readonly Value[]) => readonly Value[];

/** Sets variables: one change, one release of the live code; before a first release they are only stored. */
export function setConfig(context: Context, request: ConfigSetRequest): Promise<UpAnswer> {
  const wrong = request.values.find(({ name, value }) => !isVariableName(name) || value.includes('\0'));
  if (wrong !== undefined) throw badName(wrong.name);

  return changeConfig(context, values => withSet(values, request.values), request.wait);
}

export function unsetConfig(context: Context, request: ConfigUnsetRequest): Promise<UpAnswer> {
  return changeConfig(context, values => values.filter(({ name }) => !request.names.includes(name)), request.wait);
}

/** Sets all variables of an env file; the only way for a value that git ignores to become the app's. */
export function importConfig(context: Context, request: ConfigImportRequest): Promise<UpAnswer> {
  const { entries, problems } = envFile(readFileSync(request.file === '-' ? 0 : request.file, 'utf8'));
  if (problems.length > 0) throw badFile(request.file, problems);

  return changeConfig(context, values => withSet(values, entries), request.wait);
}

export async function listConfig(context: Context, request: ConfigListRequest): Promise<ConfigListAnswer> {
  const { layout, record } = await appForConfig(context);
  const variables = readConfig(layout.config).map(({ name, value, origin }) => {
    const secret = isSecretName(name);
    return {
      name,
      value: secret && !request.reveal ? null : value,
      secret,
      origin: origin === 'set' ? ('config' as const) : origin,
      place: null,
    };
  });

  return {
    ok: true,
    app: record.name,
    target: context.target,
    variables: variables.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** decant's own settings for this folder's app, each with the source of its value. */
export async function showConfig(context: Context): Promise<ConfigShowAnswer> {
  const { record } = await appForConfig(context);
  const place = await sourcePlace(context, record.source, { ref: undefined, keeps: true });
  const project = await projectConfig(context, place, {});
  const source = await gatherSource({ ...place, home: context.home, repository: null, base: null });

  try {
    const { profile } = await detected(record.name, source, project);
    const defaults = { ...(record.port === 0 ? {} : { port: record.port }), workers: 2, threads: 4 };
    return {
      ok: true,
      app: record.name,
      target: context.target,
      settings: settingRows({ config: project.config, target: context.target, profile, defaults }),
    };
  } finally {
    await source.remove();
  }
}

function withSet(values: readonly Value[], added: readonly { name: string; value: string }[]): Value[] {
  const names = new Set(added.map(({ name }) => name));
  return [
    ...values.filter(({ name }) => !names.has(name)),
    ...added.map(({ name, value }) => ({ name, value, origin: 'set' as const })),
  ];
}

async function changeConfig(context: Context, change: Change, wait: boolean): Promise<UpAnswer> {
  const found = await appForConfig(context);
  const gathered = found.state.unfinished === null ? found : await settledApp(context);
  const before = readConfig(gathered.layout.config);
  const changed = changedNames(before, change(before));

  if (gathered.state.live !== null && changed.length > 0)
    return redeploy(context, gathered, { kind: 'config', change, wait });
  if (gathered.state.live === null && gathered.state.holder !== null)
    throw locked(gathered.state.holder, context.now());
  if (changed.length > 0) {
    await saveRecord(context.home, gathered.record);
    await writeConfig(gathered.layout.config, change(before));
  }
  return stored(context, gathered, changed);
}

/** Nothing was released: there is no release yet, or nothing changed. */
function stored(context: Context, { record, state }: Gathered, changed: readonly string[]): UpAnswer {
  const live = state.releases.find(release => release.version === state.live);

  return {
    ok: true,
    app: record.name,
    target: context.target,
    release: state.live,
    previous: state.previous,
    commit: live?.source ?? live?.commit ?? null,
    subject: live?.subject ?? null,
    dirty: live?.dirty ?? false,
    url: null,
    seconds: context.now() - context.began,
    live_seconds: null,
    changed: changed.length > 0,
    assumed: [],
    generated: [],
    not_copied: [],
    warnings: [],
    environment_changed: changed,
    autostart: false,
  };
}

function badName(name: string): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'bad-variable',
    what: `${JSON.stringify(name)} can't be a variable's name, or its value holds a NUL byte.`,
    evidence: ['letters, digits and underscores; not a digit first'],
    state: 'Nothing was changed.',
    next: ['decant config set NAME=value'],
  });
}

function badFile(file: string, problems: readonly { line: number; message: string }[]): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'bad-env-file',
    what: `${file} has lines that are no variables.`,
    evidence: problems.map(({ line, message }) => `${file}:${line}  ${message}`),
    state: 'Nothing was changed.',
    next: ['correct these lines', `decant config import ${file}`],
  });
}
