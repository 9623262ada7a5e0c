import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { destroyPlan } from '../../decide/standing-plan.ts';
import type { DestroyAnswer } from '../../model/answers.ts';
import type { DestroyRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { appRecords, requiredApp } from '../gather/app-store.ts';
import { settledApp } from '../gather/known-app.ts';
import { disableAutostart } from '../host/autostart.ts';
import { locked } from '../submit/perform.ts';
import { performStanding, standingOf } from '../submit/standing.ts';

/** Ends an app and removes all that decant made for it; `all`: every app of this home, the tools and the caches. */
export async function destroy(context: Context, request: DestroyRequest): Promise<DestroyAnswer> {
  const records = request.all
    ? appRecords(context.home)
    : [requiredApp(context.home, { name: context.appName, folder: context.cwd })];
  const names = records.map(record => record.name);
  const question = request.all
    ? `Destroy ${names.join(', ') || 'no app'}, and decant's tools and caches?`
    : `Destroy ${names[0]} with its releases, database files and logs?`;
  if (!(await context.ask(question))) throw keptAll();

  const removed: string[] = [];
  for (const record of records) removed.push(...(await destroyOne(context, record.name)));
  if (request.all && existsSync(context.home)) {
    for (const name of ['apps', 'tools', 'cache']) {
      await rm(join(context.home, name), { recursive: true, force: true });
      removed.push(join(context.home, name));
    }
    removeIfEmpty(context.home);
  }

  return { ok: true, apps: names, removed, seconds: context.now() - context.began };
}

async function destroyOne(context: Context, name: string): Promise<string[]> {
  const gathered = await settledApp({ ...context, appName: name });
  if (gathered.state.holder !== null) throw locked(gathered.state.holder, context.now());

  const { root, run } = gathered.layout;
  // First, or systemd would start what is being removed.
  const unit = await disableAutostart(context, name);
  await performStanding(context, gathered, destroyPlan(standingOf(context, gathered)));
  await rm(root, { recursive: true, force: true });
  await rm(run, { recursive: true, force: true });
  removeIfEmpty(dirname(run));
  removeIfEmpty(join(context.home, 'apps'));

  return [root, run, ...(unit === null ? [] : [unit])];
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function keptAll(): DecantError {
  return new DecantError(exitCodes.interrupted, {
    code: 'not-confirmed',
    what: 'Not destroyed.',
    evidence: [],
    state: 'Everything is as it was.',
    next: [],
  });
}
