import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { connect } from 'node:net';

export interface Lifeline {
  /** The run folder, which holds keep.sock. */
  readonly run: string;
  /** The command that starts a keeper. */
  readonly keeper: readonly string[];
  readonly log: string;
  readonly listenDescriptor: number;
}

const graceMilliseconds = 100;
const retryMilliseconds = 10;
const longestRetryMilliseconds = 250;
const bootMilliseconds = 2000;

/** Stays connected to the keeper and starts a new one when it dies. The answer stops it. */
export function holdLifeline(lifeline: Lifeline): () => void {
  let isStopped = false;
  let hangUp = (): void => undefined;
  let nextStart = 0;
  let pause = retryMilliseconds;

  const dial = (): void => {
    if (isStopped) return;

    const socket = connect(`${lifeline.run}/keep.sock`);
    hangUp = () => socket.destroy();
    socket.on('connect', () => {
      nextStart = 0;
      pause = retryMilliseconds;
      socket.write('{"do":"lifeline"}\n');
    });
    socket.on('data', () => undefined);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.on('close', () => lose());
  };

  const lose = (): void => {
    if (isStopped) return;

    const now = Date.now();
    if (nextStart === 0) nextStart = now + graceMilliseconds;
    if (now >= nextStart) {
      startKeeper(lifeline);
      nextStart = now + bootMilliseconds;
      pause = retryMilliseconds;
    }
    setTimeout(dial, pause);
    pause = Math.min(pause * 1.2, longestRetryMilliseconds);
  };

  dial();
  return () => {
    isStopped = true;
    hangUp();
  };
}

function startKeeper({ keeper, log, listenDescriptor }: Lifeline): void {
  const [program, ...words] = keeper;
  if (program === undefined) return;

  const output = openLog(log);
  const child = spawn(program, words.includes('--fd') ? words : [...words, '--fd', '3'], {
    detached: true,
    stdio: ['ignore', output, output, listenDescriptor],
  });
  child.on('error', error => process.stderr.write(`front: cannot start the keeper: ${error.message}\n`));
  child.unref();
}

function openLog(path: string): number | 'ignore' {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    return 'ignore';
  }
}
