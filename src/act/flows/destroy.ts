import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { destroyPlan } from '../../decide/standing-plan.ts';
import type { DestroyAnswer } from '../../model/answers.ts';
import type { DestroyRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { appRecords, requiredApp } from '../gather/app-store.ts';
import { disableAutostart } from '../host/autostart.ts';
import { forget } from '../submit/runner-client.ts';
import { freeApp, performStanding, standingOf } from '../submit/standing.ts';

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
  for (const record of records) removed.push(...(await destroyOne(context, record.name, request.wait)));
  if (request.all && existsSync(context.home)) {
    await sweep(join(context.home, 'apps'));
    for (const name of ['tools', 'cache']) await rm(join(context.home, name), { recursive: true, force: true });
    removed.push(...['apps', 'tools', 'cache'].map(name => join(context.home, name)));
    removeIfEmpty(context.home);
  }

  return { ok: true, apps: names, removed, seconds: context.now() - context.began };
}

async function destroyOne(context: Context, name: string, wait: boolean): Promise<string[]> {
  const gathered = await freeApp({ ...context, appName: name }, { wait });

  const { root, run } = gathered.layout;
  // First, or systemd would start what is being removed.
  const unit = await disableAutostart(context, name);
  await performStanding(context, gathered, destroyPlan(standingOf(context, gathered)));
  const why = await forget(gathered.runner, gathered.layout);
  if (why !== null) throw notRemoved(name, why);
  removeIfEmpty(dirname(run));
  removeIfEmpty(join(context.home, 'apps'));

  return [root, run, ...(unit === null ? [] : [unit])];
}

/** What never became an app, or is left of one. An app that somebody has made meanwhile stays. */
async function sweep(apps: string): Promise<void> {
  const names = existsSync(apps) ? readdirSync(apps) : [];
  const isLeft = (name: string) => name.startsWith('.') || !existsSync(join(apps, name, 'app.json'));
  for (const name of names.filter(isLeft)) await rm(join(apps, name), { recursive: true, force: true });
  removeIfEmpty(apps);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else's things are in it, or it is gone already.
  }
}

function notRemoved(name: string, why: string): DecantError {
  return new DecantError(exitCodes.failed, {
    code: 'not-removed',
    what: `${name} was not removed whole: ${why}.`,
    evidence: [],
    state: 'Its processes, releases and data from before are gone; what came since is untouched.',
    next: [`decant status -a ${name}`, `decant destroy -a ${name}`],
  });
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
