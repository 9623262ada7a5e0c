import { existsSync } from 'node:fs';
import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Decision } from '../../decide/draft.ts';
import type { Holder } from '../../model/event.ts';
import type { Context } from '../context.ts';
import type { Gathered } from '../gather/gathered.ts';
import { resumeAutostart } from '../host/autostart.ts';
import { bugFound, notBegun } from '../trouble.ts';
import { installAssets } from './assets.ts';
import { type Lost, regained, runnerKilled } from './killed-runner.ts';
import { type Notebook, notebook, type Performed } from './notebook.ts';
import {
  attach,
  type EndEvent,
  type Followed,
  type Listener,
  look,
  type Runner,
  recover,
  startWaiting,
  submit,
  type Waiting,
} from './runner-client.ts';

/** A plan to be carried out, and what goes with it. */
export interface Work {
  readonly decision: Decision;
  /** The source as a git bundle, by its blob's name. */
  readonly bundle: Readonly<Record<string, Uint8Array>>;
  /** Whether somebody else's run is waited for. */
  readonly wait: boolean;
  /** A runner that is there already; without it one is started. */
  readonly waiting?: Waiting | undefined;
}

/** A runner that starts now and gets its plan later, or never. */
export async function awaitPlan(context: Context, gathered: Gathered): Promise<Waiting> {
  return startWaiting(await installedRunner(context, gathered), gathered.layout.root);
}

/** Sends a plan to the runner and follows it. Throws when the lock is somebody else's, or when the person lets go. */
export async function perform(context: Context, gathered: Gathered, work: Work): Promise<Performed> {
  const { root } = gathered.layout;
  const runner = await installedRunner(context, gathered);
  const { plan, blobs } = work.decision;
  let { waiting } = work;

  for (;;) {
    if (context.signal.aborted) throw notBegun();
    const notes = notebook(context);
    const sent = await submit(runner, { root, plan, blobs: { ...blobs, ...work.bundle } }, notes.listener, waiting);
    const wasWaiting = waiting !== undefined;
    waiting = undefined;
    // The one that waited was killed before its hello: a fresh one finds out whether anything had begun.
    if (wasWaiting && sent.kind === 'lost' && sent.id === null) continue;
    const end = await endOf(context, { runner, gathered, plan }, { followed: sent, notes });
    if (end.outcome === 'done' && !standing.has(plan.kind)) await resumeAutostart(context, plan.app);
    // Whoever held the lock let go before it could be named.
    if (end.outcome === 'locked' && end.holder === undefined) continue;
    if (end.outcome !== 'locked' || end.holder === undefined) return notes.performed(end, null);

    const joined = await join(context, gathered, { ...work, holder: end.holder });
    if (joined !== null) return joined;
  }
}

/** `start` may itself be what the app's unit runs. */
const standing: ReadonlySet<string> = new Set(['start', 'stop', 'destroy']);

/** Follows the run that holds the lock: as our own if its intent is ours and nobody follows it; null: waited for its end. */
export async function join(
  context: Context,
  gathered: Gathered,
  work: { readonly decision: Decision; readonly wait: boolean; readonly holder: Holder },
): Promise<Performed | null> {
  const { holder, decision } = work;
  const runner = await installedRunner(context, gathered);
  const place = { root: gathered.layout.root, id: holder.id };

  if (holder.fingerprint === decision.plan.fingerprint && !holder.attached) {
    const notes = notebook(context);
    const followed = await attach(runner, place, notes.listener);
    const end = await endOf(context, { runner, gathered, plan: decision.plan }, { followed, notes });
    return notes.performed(end, holder.id);
  }

  await othersEnd(context, gathered, work);
  return null;
}

/** Waits for the end of somebody else's run; throws where that was not asked for, and when the person lets go. */
export async function othersEnd(
  context: Context,
  gathered: Gathered,
  { holder, wait }: { readonly holder: Holder; readonly wait: boolean },
): Promise<void> {
  if (!wait) throw locked(holder, context.now());
  context.report({ type: 'note', level: 'info', text: `Waiting for ${holder.by}, who runs ${holder.kind}.` });
  const place = { root: gathered.layout.root, id: holder.id };
  const followed = await attach(await installedRunner(context, gathered), place, onlooker(context.signal));
  if (followed.kind === 'detached') throw notBegun();
}

/** Undoes or finishes a torn run, so that what is decided next is decided from a settled state. */
export async function settle(context: Context, gathered: Gathered): Promise<void> {
  const notes = notebook(context);
  const runner = await installedRunner(context, gathered);
  let followed = await recover(runner, gathered.layout.root, notes.listener);

  if (followed.kind === 'lost' && followed.killed)
    followed = await recover(runner, gathered.layout.root, notes.listener);
  if (followed.kind === 'detached') throw detached();
  if (followed.kind === 'end') return;
  if (!followed.killed) throw bugFound('the runner ended without saying how', followed.evidence);
  throw runnerKilled(await look(runner, gathered.layout), 'It was killed twice while it undid or finished a torn run.');
}

/** The end of what is followed; a run whose runner was killed is followed to the end that the next one gives it. */
async function endOf(
  context: Context,
  about: Omit<Lost, 'id'>,
  { followed, notes }: { readonly followed: Followed; readonly notes: Notebook },
): Promise<EndEvent> {
  if (followed.kind === 'detached') throw detached();
  if (followed.kind === 'end') return followed.end;
  if (!followed.killed && followed.id === null) {
    if (!existsSync(about.gathered.layout.root)) throw destroyed(about.gathered.record.name);
    throw bugFound('the runner ended without saying how', followed.evidence);
  }

  const text = 'The runner was killed; the next one undoes or finishes what it began.';
  context.report({ type: 'note', level: 'warning', text });
  return endOf(context, about, { followed: await regained({ ...about, id: followed.id }, notes), notes });
}

async function installedRunner(context: Context, gathered: Gathered): Promise<Runner> {
  return { ...gathered.runner, file: (await installAssets(context.assets, gathered.layout.root)).runner };
}

/** Waits for somebody else's run: a Ctrl-C ends the waiting, never the run. */
function onlooker(signal: AbortSignal): Listener {
  const detached = new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

  return { onEvent: () => {}, signal: new AbortController().signal, detached };
}

function detached(): DecantError {
  return new DecantError(exitCodes.interrupted, {
    code: 'detached',
    what: 'You let go; the work goes on without you.',
    evidence: [],
    state: 'It is undone if it had not switched yet, finished if it had.',
    next: ['run the same command again to follow it', 'decant status'],
  });
}

/** `destroy` had the lock before us. */
function destroyed(app: string): DecantError {
  return new DecantError(exitCodes.locked, {
    code: 'destroyed',
    what: `Somebody else destroyed ${app} before this command could begin.`,
    evidence: [],
    state: `Nothing of ${app} is left.`,
    next: ['run the same command again'],
  });
}

/** Somebody else changes the app. */
export function locked(holder: Holder, now: number): DecantError {
  return new DecantError(exitCodes.locked, {
    code: 'locked',
    what: `${holder.by} is running ${holder.kind} on this app since ${Math.round(now - holder.since)} s.`,
    evidence: [`process ${holder.pid}`],
    state: 'Nothing was changed by this command.',
    next: ['run it again with --wait', 'decant lock status'],
  });
}
