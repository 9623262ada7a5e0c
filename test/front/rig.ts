import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FrontStats } from '../../src/model/front-stats.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** An app's root with a stand-in keeper that owns the port. Everything ends with `close`. */
export interface Rig {
  readonly root: string;
  readonly run: string;
  readonly port: number;
  /** The front as it is shipped: one file. */
  readonly frontFile: string;
  /** Starts a front from the bundle and waits until `front.sock` is its own. */
  startFront(environment?: Readonly<Record<string, string>>): Promise<number>;
  /** Makes a release folder whose socket is the answer. */
  addRelease(version: string, statics?: readonly { readonly url: string; readonly path: string }[]): string;
  pointLink(link: 'live' | 'previous', version: string): void;
  control(method: string, path: string): Promise<unknown>;
  stats(): Promise<FrontStats>;
  frontLog(): string;
  /** Stopped by `close`. */
  own(pid: number): void;
  close(): Promise<void>;
}

let bundle: Promise<Uint8Array> | undefined;

async function bundled(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(repository, 'src/act/front/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

export async function openRig(): Promise<Rig> {
  const root = mkdtempSync(join(tmpdir(), 'decant-front-'));
  const run = join(root, 'run');
  mkdirSync(run, { mode: 0o700 });
  mkdirSync(join(root, 'logs'));
  const frontFile = join(root, 'front.mjs');
  bundle ??= bundled();
  writeFileSync(frontFile, await bundle);
  const keeper = spawn('python3', [join(repository, 'test/front/hold-socket.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]();
  const nextNumber = async () => Number((await lines.next()).value);
  const port = await nextNumber();
  const pids = new Set<number>();
  const control = (method: string, path: string) => controlAnswer(join(run, 'front.sock'), method, path);

  const rig: Rig = {
    root,
    run,
    port,
    frontFile,
    async startFront(environment = {}) {
      const start = {
        argv: [process.execPath, frontFile],
        cwd: root,
        log: join(root, 'logs/front.log'),
        env: {
          DECANT_RUN: run,
          DECANT_HOST: '127.0.0.1',
          DECANT_PORT: `${port}`,
          DECANT_KEEP_ARGV: '[]',
          ...environment,
        },
      };
      keeper.stdin.write(`${JSON.stringify(start)}\n`);
      const pid = await nextNumber();
      pids.add(pid);
      await until(async () => (await rig.stats()).pid === pid);
      return pid;
    },
    addRelease(version, statics = []) {
      const folder = join(root, 'releases', version);
      const socket = join(run, version, 'app.sock');
      mkdirSync(folder, { recursive: true });
      mkdirSync(join(run, version));
      symlinkSync(socket, join(folder, 'sock'));
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ schema: 1, version, static: statics }));
      return socket;
    },
    pointLink(link, version) {
      const fresh = join(root, `${link}.new`);
      symlinkSync(`releases/${version}`, fresh);
      renameSync(fresh, join(root, link));
    },
    control,
    stats: async () => (await control('GET', '/stats')) as FrontStats,
    frontLog: () => readFileSync(join(root, 'logs/front.log'), 'utf8'),
    own: pid => void pids.add(pid),
    async close() {
      await stop(keeper, pids);
      rmSync(root, { recursive: true, force: true });
    },
  };
  return rig;
}

async function stop(keeper: ChildProcess, pids: ReadonlySet<number>): Promise<void> {
  for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await until(() => [...pids].every(pid => !isAlive(pid)));
  keeper.kill('SIGKILL');
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks again and again until it is true, for at most ten seconds. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      if (await isTrue()) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error(`still not true: ${isTrue}`);
    await sleep(10);
  }
}

function controlAnswer(socketPath: string, method: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, agent: false }, answer => {
      let text = '';
      answer.setEncoding('utf8').on('data', part => (text += part));
      answer.on('end', () => resolve(JSON.parse(text)));
    });
    asked.on('error', reject).end();
  });
}

/** A raw upstream: the test writes the bytes. */
export function rawUpstream(socket: string, serve: (connection: Socket) => void): Promise<Server> {
  const server = createServer(connection => {
    connection.on('error', () => undefined);
    serve(connection);
  });
  return new Promise(resolve => server.listen(socket, () => resolve(server)));
}

/** An upstream that answers each request, once its head is there, with these bytes, and closes; it keeps the heads. */
export async function cannedUpstream(socket: string, answer: string): Promise<{ heads: string[]; server: Server }> {
  const heads: string[] = [];
  const server = await rawUpstream(socket, connection => {
    let text = '';
    connection.on('data', part => {
      text += part.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      heads.push(text);
      text = '';
      connection.end(answer, 'latin1');
    });
  });
  return { heads, server };
}

/** A raw client. `text` grows as bytes come. `halfOpen`: goes on sending when the other side ends. */
export function rawClient(
  port: number,
  halfOpen = false,
): { socket: Socket; text: () => string; closed: Promise<void> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: halfOpen });
  const parts: Buffer[] = [];
  socket.on('data', part => parts.push(part));
  socket.on('error', () => undefined);
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()));
  return { socket, text: () => Buffer.concat(parts).toString('latin1'), closed };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** One request, its answer read whole. */
export function ask(
  port: number,
  path: string,
  options: RequestOptions & { body?: Buffer | string } = {},
): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false, ...rest }, answer => {
      const parts: Buffer[] = [];
      answer.on('data', part => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode = 0, headers, rawHeaders } = answer;
        resolve({ status: statusCode, headers, rawHeaders, body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
