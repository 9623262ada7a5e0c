import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type Layout, localLayout } from '../../base/layout.ts';
import type { Host, Interpreter } from '../../model/deployment.ts';
import type { AppState } from '../../model/state.ts';
import type { Context } from '../context.ts';
import { assetPaths } from '../submit/assets.ts';
import { look, type Runner } from '../submit/runner-client.ts';
import type { AppRecord } from './app-store.ts';
import { findInterpreters } from './interpreters.ts';
import { noPython } from './no-python.ts';
import { findUv } from './uv.ts';

/** What the `local` target says of an app and of this machine. */
export interface Gathered {
  readonly record: AppRecord;
  readonly layout: Layout;
  readonly interpreters: readonly Interpreter[];
  readonly host: Host;
  /** Runs from decant's own copy, so that looking writes nothing. */
  readonly runner: Runner;
  readonly state: AppState;
  readonly by: string;
}

/** Facts of an app on this machine; `keepsAnswers`: interpreters found are remembered for the next command. */
export async function gather(
  context: Context,
  record: AppRecord,
  { keepsAnswers }: { keepsAnswers: boolean },
): Promise<Gathered> {
  const { home, environment } = context;
  const layout = localLayout(home, userInfo().uid, record.name);
  const interpreters = await findInterpreters({
    environment,
    cache: { file: `${home}/cache/interpreters.json`, isWritten: keepsAnswers },
  });
  const uv = await findUv({ home, environment, interpreters });
  const python = runnerPython(interpreters);
  const runner = { python, file: `${context.assets}/runner.pyz` };
  const paths = assetPaths(context.assets, layout.root);

  return {
    record,
    layout,
    interpreters,
    runner,
    host: { home, node: context.node, npm: npmOf(context), front: paths.front, runner: paths.runner, python, uv },
    state: await look(runner, layout),
    by: `${userInfo().username}@local`,
  };
}

/** npm of the person's PATH, else the one beside the Node in use. */
function npmOf({ environment, node }: Context): string | null {
  const folders = [...(environment.PATH ?? '').split(':'), dirname(node)];
  const isOwn = (folder: string) => folder.startsWith('/') && !folder.endsWith('/shims');
  return (
    folders
      .filter(isOwn)
      .map(folder => join(folder, 'npm'))
      .find(path => existsSync(path)) ?? null
  );
}

/** The newest interpreter that can run the runner: 3.8 or later. */
function runnerPython(interpreters: readonly Interpreter[]): string {
  const rank = (version: string) => Number(version.split('.')[1] ?? 0);
  const fit = interpreters.filter(python => python.version.startsWith('3.') && rank(python.version) >= 8);
  const best = [...fit].sort((a, b) => rank(b.version) - rank(a.version))[0];
  if (best === undefined) throw noPython(interpreters);

  return best.path;
}
