import { performance } from 'node:perf_hooks';
import { askControl } from './ask-control.ts';
import { claimControl, claimedControl, controlSocket, createControlServer, removeFile } from './control.ts';
import { drain } from './drain.ts';
import type { Front } from './front.ts';
import { createHold } from './hold.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { holdLifeline } from './lifeline.ts';
import { createFrontServer } from './server.ts';
import { createStatistics } from './statistics.ts';
import { createOpenWebSockets } from './upgrades.ts';

// `node front.mjs`, with the app's root as working directory and the listening socket as descriptor 3.
const listenDescriptor = 3;
const saveMilliseconds = 5000;

process.umask(0o077);
process.on('uncaughtException', complain);
process.on('unhandledRejection', complain);
process.on('SIGHUP', () => undefined);
await serve(process.env.DECANT_RUN ?? '.');

async function serve(run: string): Promise<void> {
  const front: Front = {
    address: { host: process.env.DECANT_HOST ?? '127.0.0.1', port: process.env.DECANT_PORT ?? '80' },
    statistics: createStatistics(),
    hold: createHold(),
    webSockets: createOpenWebSockets(),
    isDraining: false,
  };
  const own = controlSocket(run, process.pid);
  const ledger = openLedger(front.statistics, 'stats.json', await servingControl(run));
  const started = (performance.timeOrigin ?? Date.now()) / 1000;
  const control = createControlServer({ front, ledger, run, file: process.argv[1] ?? '', started });
  const server = createFrontServer(front);

  removeFile(own);
  control.on('error', complain);
  server.on('error', complain);
  control.listen(own);
  server.listen({ fd: listenDescriptor, backlog: 1024 }, () => claimControl(run, process.pid));

  const hangUp = holdLifeline({ run, keeper: keeperCommand(), log: 'logs/keep.log', listenDescriptor });
  const saving = setInterval(() => void ledger.save().catch(complain), saveMilliseconds);

  const end = async () => {
    if (front.isDraining) return;

    hangUp();
    const isReplaced = claimedControl(run) !== own;
    if (isReplaced) clearInterval(saving);
    await drain(front, server, isReplaced);

    await handOver(ledger, run, own);
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
}

/** The counts go to the newer front, or to the file when there is none. */
async function handOver(ledger: Ledger, run: string, own: string): Promise<void> {
  const heir = claimedControl(run);
  if (heir === null || heir === own) {
    await ledger.save().catch(complain);
    removeFile(`${run}/front.sock`);
  } else {
    await askControl(heir, { method: 'POST', path: '/counts', body: await ledger.totals(), patience: 1000 });
  }
  removeFile(own);
}

/** The control socket of the front that serves until now. */
async function servingControl(run: string): Promise<string | null> {
  const path = claimedControl(run);
  if (path === null) return null;

  const answer = await askControl(path, { method: 'GET', path: '/stats', patience: 1000 });
  return answer.kind === 'gone' ? null : path;
}

function keeperCommand(): readonly string[] {
  try {
    const words: unknown = JSON.parse(process.env.DECANT_KEEP_ARGV ?? '[]');
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

/** One line: a front must not end over one bad exchange, nor hide it. */
function complain(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`front: ${text.replace(/\s*\n\s*/g, ' | ')}\n`);
}
