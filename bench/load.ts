import { createHash, randomBytes } from 'node:crypto';
import { Agent, type RequestOptions, request } from 'node:http';

export type LoadKind = 'get' | 'post' | 'slow' | 'download' | 'fresh';

/** Open-loop load on 127.0.0.1: requests begin at their time, whether or not earlier ones have ended. */
export interface LoadPlan {
  readonly port: number;
  readonly seconds: number;
  /** Requests a second by kind; a kind without a path or a rate is left out. */
  readonly rates?: Partial<Readonly<Record<LoadKind, number>>>;
  readonly paths?: Partial<Readonly<Record<LoadKind, string>>>;
  /** Bytes that `download` must have. */
  readonly downloadBytes?: number;
  /** No more requests than this in all. */
  readonly limit?: number;
  /** Ends the load early; what is in flight ends in peace. */
  readonly signal?: AbortSignal;
  /** Sees the body of each good `get` and `fresh` answer. */
  readonly see?: (body: string) => void;
  /** Hears of each failure as it happens: "get: ECONNRESET". */
  readonly failed?: (failure: string) => void;
}

export interface LoadReport {
  readonly requests: number;
  /** "get: ECONNRESET" → how often. Empty: nothing failed. */
  readonly failures: Readonly<Record<string, number>>;
  readonly kinds: Partial<Readonly<Record<LoadKind, KindReport>>>;
}

/** Milliseconds from the time a request was due to the last byte of its answer. */
export interface KindReport {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const kinds: readonly LoadKind[] = ['get', 'post', 'slow', 'download', 'fresh'];
const usualRates: Readonly<Record<LoadKind, number>> = { get: 80, post: 20, slow: 2, download: 2, fresh: 20 };
const answerLimitMilliseconds = 30_000;
const tickMilliseconds = 5;

/** Sends the load and reports when the last answer is in. */
export async function runLoad(plan: LoadPlan): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true });
  const failures: Record<string, number> = {};
  const times = new Map<LoadKind, number[]>();
  const running: Promise<void>[] = [];
  const paths = { get: '/', post: '/echo', fresh: '/', ...plan.paths };
  const rates = kinds.map(kind => ({ kind, path: paths[kind], rate: (plan.rates ?? usualRates)[kind] ?? 0, sent: 0 }));
  const began = performance.now();
  const limit = plan.limit ?? 1_000_000;

  const begin = (kind: LoadKind, path: string, due: number) => {
    const one = send(plan, { kind, path, agent }).then(failure => {
      const list = times.get(kind) ?? [];
      list.push(performance.now() - due);
      times.set(kind, list);
      if (failure === null) return;

      const name = `${kind}: ${failure}`;
      failures[name] = (failures[name] ?? 0) + 1;
      plan.failed?.(name);
    });
    running.push(one);
  };

  while (performance.now() - began < plan.seconds * 1000 && running.length < limit && !plan.signal?.aborted) {
    const elapsed = performance.now() - began;
    for (const entry of rates) {
      while (entry.path !== undefined && entry.sent < (elapsed / 1000) * entry.rate && running.length < limit) {
        begin(entry.kind, entry.path, began + (entry.sent / entry.rate) * 1000);
        entry.sent += 1;
      }
    }
    await new Promise(resolve => setTimeout(resolve, tickMilliseconds));
  }

  await Promise.all(running);
  agent.destroy();
  const reports = [...times].map(([kind, list]) => [kind, kindReport(list)] as const);
  return { requests: running.length, failures, kinds: Object.fromEntries(reports) };
}

interface Shot {
  readonly kind: LoadKind;
  readonly path: string;
  readonly agent: Agent;
}

/** null, or why it failed. */
function send(plan: LoadPlan, shot: Shot): Promise<string | null> {
  const { kind, path, agent } = shot;
  const body = kind === 'post' ? randomBytes(1 + Math.floor(Math.random() * 50_000)) : null;
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: plan.port,
    path,
    method: body === null ? 'GET' : 'POST',
    agent: kind === 'fresh' ? false : agent,
    signal: AbortSignal.timeout(answerLimitMilliseconds),
    ...(body === null
      ? {}
      : { headers: { 'Content-Length': body.length, 'Content-Type': 'application/octet-stream' } }),
  };

  return new Promise(resolve => {
    const asked = request(options, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', (error: NodeJS.ErrnoException) => resolve(`answer ${error.code ?? error.name}`));
      answer.on('end', () => {
        const got = Buffer.concat(chunks);
        const failure = fault(plan, shot, { status: answer.statusCode ?? 0, got, sent: body });
        if (failure === null && (kind === 'get' || kind === 'fresh')) plan.see?.(got.toString());
        resolve(failure);
      });
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    asked.end(body ?? undefined);
  });
}

interface Exchange {
  readonly status: number;
  readonly got: Buffer;
  readonly sent: Buffer | null;
}

function fault(plan: LoadPlan, { kind }: Shot, { status, got, sent }: Exchange): string | null {
  if (status !== 200) return `status ${status}`;
  if (sent !== null && hash(sent) !== hash(got)) return 'wrong echo';
  if (kind === 'download' && got.length !== (plan.downloadBytes ?? 2_000_000)) return 'wrong length';
  return null;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function kindReport(list: number[]): KindReport {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (part: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
  return { requests: list.length, p50: at(0.5), p99: at(0.99), worst: at(1) };
}
