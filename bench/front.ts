// The front against gunicorn alone: `npx tsx bench/front.ts [ROUNDS]`. All figures come from one interleaved run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startGunicorn } from '../test/front/gunicorn.ts';
import { openRig, residentBytes } from '../test/front/rig.ts';
import { runLoad } from './load.ts';

const rounds = Math.min(Number(process.argv[2] ?? 3), 10);
const roundSeconds = 3;
const clients = 8;
const calmRate = 200;

interface Way {
  readonly name: string;
  readonly port: number;
  readonly rates: Record<string, number[]>;
  readonly cost: number[];
  readonly p50: number[];
  readonly p99: number[];
  failed: number;
}

const rig = await openRig();
const statics = [{ url: '/static', path: 'static' }];
const socket = rig.addRelease('v1', statics);
const folder = join(rig.root, 'releases/v1/static');
mkdirSync(folder);
writeFileSync(join(folder, 'file.css'), 'x'.repeat(10_000));
rig.pointLink('live', 'v1');

const directPort = await freePort();
const masters = [
  await startGunicorn(`unix:${socket}`, 'hello'),
  await startGunicorn(`127.0.0.1:${directPort}`, 'hello'),
];
const front = await rig.startFront();
const idle = residentBytes(front);
const hasWrk = canRun('wrk');
const ways = [way('gunicorn', directPort), way('front', rig.port)];

try {
  for (let round = 0; round < rounds; round += 1) {
    for (const target of round % 2 === 0 ? ways : ways.toReversed()) await measure(target);
  }
  console.log(JSON.stringify(report(ways), null, 2));
} finally {
  for (const pid of masters) process.kill(pid, 'SIGTERM');
  await rig.close();
}

function way(name: string, port: number): Way {
  return { name, port, rates: { '/': [], '/page': [] }, cost: [], p50: [], p99: [], failed: 0 };
}

async function measure(target: Way): Promise<void> {
  for (const [path, rates] of Object.entries(target.rates)) {
    const before = cpuSeconds(front);
    const { requests, failed } = hasWrk ? wrk(target.port, path) : await flood(target.port, path);
    target.failed += failed;
    rates.push(requests / roundSeconds);
    if (target.port === rig.port) target.cost.push(((cpuSeconds(front) - before) * 1e6) / requests);
  }

  const calm = await runLoad({ port: target.port, seconds: roundSeconds, rates: { get: calmRate } });
  target.failed += Object.values(calm.failures).reduce((sum, count) => sum + count, 0);
  target.p50.push(calm.kinds.get?.p50 ?? 0);
  target.p99.push(calm.kinds.get?.p99 ?? 0);
}

/** wrk of Debian: `clients` connections, each with its next request at once. */
function wrk(port: number, path: string): { requests: number; failed: number } {
  const argv = ['-t1', `-c${clients}`, `-d${roundSeconds}s`, `http://127.0.0.1:${port}${path}`];
  const text = execFileSync('wrk', argv, { encoding: 'utf8' });
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  return { requests: number(/(\d+) requests in/), failed: number(/Non-2xx or 3xx responses: (\d+)/) };
}

/** The same in Node, which takes more of the machine for itself. */
async function flood(port: number, path: string): Promise<{ requests: number; failed: number }> {
  const plan = { port, seconds: roundSeconds, rates: { get: 2500 }, paths: { get: path } };
  const { requests, failures } = await runLoad(plan);
  return { requests, failed: Object.values(failures).reduce((sum, count) => sum + count, 0) };
}

function report([direct, proxied]: readonly Way[]): unknown {
  if (direct === undefined || proxied === undefined) return null;

  const ratio = (path: string) => rounded(median(proxied.rates[path] ?? []) / median(direct.rates[path] ?? []));
  return {
    load: hasWrk ? `wrk, ${clients} connections` : 'bench/load.ts',
    rounds,
    requestsPerSecond: { gunicorn: medians(direct.rates), front: medians(proxied.rates) },
    frontOverGunicorn: { hello: ratio('/'), page10kB: ratio('/page') },
    calm: {
      rate: calmRate,
      addedP50Milliseconds: rounded(median(proxied.p50) - median(direct.p50)),
      addedP99Milliseconds: rounded(median(proxied.p99) - median(direct.p99)),
    },
    frontCpuMicrosecondsPerRequest: rounded(median(proxied.cost)),
    frontMegabytes: { idle: megabytes(idle), afterLoad: megabytes(residentBytes(front)) },
    staticRequestsPerSecond: hasWrk ? rounded(wrk(rig.port, '/static/file.css').requests / roundSeconds) : null,
    failed: direct.failed + proxied.failed,
  };
}

function medians(rates: Record<string, number[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(rates).map(([path, list]) => [path, Math.round(median(list))]));
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

/** User and system time, of which a tick is a hundredth of a second (getconf CLK_TCK). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function canRun(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
