import { readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FrontStats } from '../../model/front-stats.ts';
import { askControl } from './ask-control.ts';
import type { Front } from './front.ts';
import type { Ledger } from './ledger.ts';
import type { StatsByRelease } from './stats-sum.ts';

export interface Control {
  readonly front: Front;
  readonly ledger: Ledger;
  readonly run: string;
  readonly file: string;
  /** Epoch seconds. */
  readonly started: number;
}

const pollMilliseconds = 5;

/** Answers on a socket of this process alone; `claimControl` makes `front.sock` mean it. */
export function createControlServer(control: Control): Server {
  return createServer((request, response) => {
    answer(control, request)
      .then(value => {
        const body = `${JSON.stringify(value ?? { error: 'no such question' })}\n`;
        response.writeHead(value === null ? 404 : 200, { 'Content-Type': 'application/json' });
        response.end(body);
      })
      .catch(() => response.destroy());
  });
}

/** The socket's name in the run folder; `front.sock` links to the newest front's. */
export function controlSocket(run: string, pid: number): string {
  return `${run}/front-${pid}.sock`;
}

/** The control socket that `front.sock` means now. */
export function claimedControl(run: string): string | null {
  try {
    return `${run}/${readlinkSync(`${run}/front.sock`)}`;
  } catch {
    return null;
  }
}

/** Makes this front the one that `front.sock` means, in one step. */
export function claimControl(run: string, pid: number): void {
  const fresh = `${run}/front-${pid}.link`;
  removeFile(fresh);
  symlinkSync(`front-${pid}.sock`, fresh);
  renameSync(fresh, `${run}/front.sock`);
}

export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already.
  }
}

async function answer(control: Control, request: IncomingMessage): Promise<unknown> {
  const { ledger } = control;
  const url = new URL(request.url ?? '/', 'http://front');

  switch (`${request.method} ${url.pathname}`) {
    case 'GET /stats':
      return stats(control);
    case 'POST /hold':
      return hold(control, heldSeconds(url), patience(url));
    case 'DELETE /hold':
      return letGo(control);
    case 'POST /counts':
      ledger.inherit(JSON.parse(await text(request)) as StatsByRelease);
      return { ok: true };
    default:
      return null;
  }
}

async function stats({ front, ledger, file, started }: Control): Promise<FrontStats> {
  const releases = await ledger.totals();
  const all = Object.values(releases);

  return {
    schema: 1,
    pid: process.pid,
    file,
    started,
    releases,
    inflight: all.reduce((sum, release) => sum + release.inflight, 0),
    websockets: all.reduce((sum, release) => sum + release.websockets, 0),
    held: front.hold.waiting(),
  };
}

/** Holds here and on the front that drains; answers when no request is in flight, after `wait` seconds, or when the hold is over. */
async function hold(control: Control, seconds: number, wait: number): Promise<{ ok: boolean; inflight: number }> {
  const { front, ledger } = control;
  const before = ledger.predecessor();
  const path = `/hold?seconds=${seconds}&patience=${wait}`;
  const until = performance.now() + wait * 1000;
  front.hold.begin(seconds);

  const theirs = before === null ? null : askControl(before, { method: 'POST', path, patience: seconds * 1000 + 1000 });
  while (front.statistics.inflight() > 0 && front.hold.isHolding() && performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, pollMilliseconds));
  }

  const answer = await theirs;
  const other =
    answer?.kind === 'answer' ? (answer.value as { readonly ok: boolean; readonly inflight: number }) : null;
  const inflight = front.statistics.inflight() + (other?.inflight ?? 0);
  // Whoever has a WebSocket open may write at any time: that is no hold, and nothing may be put back after it.
  const isQuiet = inflight === 0 && front.statistics.websockets() === 0 && other?.ok !== false;
  return { ok: isQuiet && front.hold.isHolding(), inflight };
}

async function letGo({ front, ledger }: Control): Promise<{ held: boolean }> {
  const before = ledger.predecessor();
  const held = front.hold.end();
  const answer = before === null ? null : await askControl(before, { method: 'DELETE', path: '/hold', patience: 1000 });
  const isLost = answer?.kind === 'answer' && !(answer.value as { readonly held: boolean }).held;
  return { held: held && !isLost };
}

function heldSeconds(url: URL): number {
  const seconds = Number(url.searchParams.get('seconds') ?? 10);
  return seconds > 0 && seconds <= 60 ? seconds : 10;
}

/** Seconds that requests in flight get; as long as the hold lasts where nothing is said. */
function patience(url: URL): number {
  const seconds = url.searchParams.get('patience');
  return seconds === null ? heldSeconds(url) : Math.max(0, Number(seconds) || 0);
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
