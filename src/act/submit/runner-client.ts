import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { runnerArgv } from '../../base/runner-argv.ts';
import type { RunnerEvent } from '../../model/event.ts';
import type { AppState } from '../../model/state.ts';
import { runCommand } from '../host/command.ts';
import { bugFound } from '../trouble.ts';

/** How to start the runner on the host: the interpreter and the zipapp. */
export interface Runner {
  readonly python: string;
  readonly file: string;
}

export type EndEvent = Extract<RunnerEvent, { type: 'end' }>;

/** How following a run ended. */
export type Followed =
  | { readonly kind: 'end'; readonly end: EndEvent }
  /** The person let go; the run goes on. */
  | { readonly kind: 'detached' }
  /** Whoever told us the events ended before the run did; `killed`: not by itself. `id` is null before its hello. */
  | { readonly kind: 'lost'; readonly id: string | null; readonly killed: boolean; readonly evidence: string };

/** The runner's status when each runner that it started was killed. */
const killedStatus = 137;

export interface Listener {
  /** Called with each event, in order. */
  onEvent(event: RunnerEvent): void;
  /** Aborted: the plan is cancelled, and its end still awaited. */
  readonly signal: AbortSignal;
  /** Resolves when the person lets go; the plan goes on without a client. */
  readonly detached: Promise<void>;
}

export interface Submission {
  readonly root: string;
  readonly plan: object;
  readonly blobs: Readonly<Record<string, string | Uint8Array>>;
}

/** The state of an app, in one round trip. Writes nothing. */
export async function look(runner: Runner, place: { readonly root: string; readonly run: string }): Promise<AppState> {
  const outcome = await runCommand(runnerArgv(runner, ['look', '--root', place.root, '--run', place.run]));
  if (outcome.status !== 0) throw bugFound('the runner could not look at the app', outcome.stderr);

  return JSON.parse(outcome.stdout.toString());
}

/** Removes what is left of an ended app, under its lock; null, or why nothing was removed. */
export async function forget(
  runner: Runner,
  place: { readonly root: string; readonly run: string },
): Promise<string | null> {
  const outcome = await runCommand(runnerArgv(runner, ['forget', '--root', place.root, '--run', place.run]));
  if (outcome.status !== 0) throw bugFound('the runner could not remove the app', outcome.stderr);

  return JSON.parse(outcome.stdout.toString()).why;
}

/** A runner that waits for its plan: it starts while the plan is still being decided. */
export interface Waiting extends Started {
  /** Ends it without a plan; nothing is left. */
  close(): void;
}

/** A runner's process, and its end: listened for from the first moment, because it may be killed at any. */
interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly killed: boolean; readonly problem: string }>;
}

export function startWaiting(runner: Runner, root: string): Waiting {
  const started = start(runner, ['submit', '--root', root]);
  return { ...started, close: () => started.child.stdin?.end() };
}

/** Sends a plan with its blobs and follows it to its end. */
export function submit(
  runner: Runner,
  submission: Submission,
  listener: Listener,
  waiting?: Waiting,
): Promise<Followed> {
  const started = waiting ?? startWaiting(runner, submission.root);
  const { child } = started;
  const frames = [
    ...Object.entries(submission.blobs).map(([name, content]) => frame(`blobs/${name}`, content)),
    frame('plan.json', JSON.stringify(submission.plan)),
    frame('end', ''),
  ];
  for (const [head, content] of frames) {
    child.stdin?.write(head);
    child.stdin?.write(content);
  }
  child.stdin?.end();

  return follow(runner, started, { root: submission.root, id: undefined }, listener);
}

/** Follows a plan that was sent before. */
export function attach(
  runner: Runner,
  place: { readonly root: string; readonly id: string },
  listener: Listener,
): Promise<Followed> {
  return follow(runner, start(runner, ['attach', '--root', place.root, '--id', place.id]), place, listener);
}

/** Undoes or finishes a run that ended without an end. */
export function recover(runner: Runner, root: string, listener: Listener): Promise<Followed> {
  return follow(runner, start(runner, ['recover', '--root', root]), { root, id: undefined }, listener);
}

function frame(name: string, content: string | Uint8Array): readonly [string, Buffer] {
  const bytes = Buffer.from(content as string);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return [`${JSON.stringify({ name, length: bytes.length, sha256 })}\n`, bytes];
}

/** In a session of its own: a Ctrl-C on the terminal is for the client alone. */
function start(runner: Runner, words: readonly string[]): Started {
  const [program = '', ...rest] = runnerArgv(runner, words);
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  child.stdin?.on('error', () => {});
  const ended = new Promise<Awaited<Started['ended']>>(resolve => {
    child.on('error', error => resolve({ killed: false, problem: error.message }));
    child.on('close', (status, signal) => resolve({ killed: signal !== null || status === killedStatus, problem: '' }));
  });
  return { child, ended };
}

async function follow(
  runner: Runner,
  { child, ended }: Started,
  place: { readonly root: string; readonly id: string | undefined },
  listener: Listener,
): Promise<Followed> {
  let id = place.id;
  let end: EndEvent | undefined;
  let stderr = '';
  let asked = false;
  const cancel = () => {
    if (asked || id === undefined || !listener.signal.aborted) return;
    asked = true;
    runCommand(runnerArgv(runner, ['cancel', '--root', place.root, '--id', id])).catch(() => {});
  };

  if (child.stdout === null || child.stderr === null) throw bugFound('the runner has no output', '');
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  listener.signal.addEventListener('abort', cancel);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', line => {
    const event: RunnerEvent = JSON.parse(line);
    if (event.type === 'hello') id = event.id;
    if (event.type === 'end') end = event;
    cancel();
    listener.onEvent(event);
  });
  const letGo = await Promise.race([ended.then(() => false), listener.detached.then(() => true)]);
  listener.signal.removeEventListener('abort', cancel);
  if (letGo) {
    child.unref();
    return { kind: 'detached' };
  }
  if (end !== undefined) return { kind: 'end', end };

  const { killed, problem } = await ended;
  return { kind: 'lost', id: id ?? null, killed, evidence: `${stderr}${problem}` };
}
