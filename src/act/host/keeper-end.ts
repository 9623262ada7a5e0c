import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Keeper and front revive each other first; seconds. */
const patience = 5;
const pause = 0.1;

/** Waits until the keeper is gone for good, or the signal says that we are to leave: a kept app, or one that was stopped. */
export async function keeperEnd(run: string, signal: AbortSignal): Promise<'gone' | 'left' | 'stopped'> {
  const socket = `${run}/keep.sock`;

  for (let silent = 0; silent < patience && !signal.aborted; silent += pause) {
    if (await heldConnection(socket, signal)) silent = 0;
    await wait(pause * 1000, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) return 'gone';
  return (await hasKeeper(run)) ? 'left' : 'stopped';
}

/** Whether a keeper answers now. */
export function hasKeeper(run: string): Promise<boolean> {
  return heldConnection(`${run}/keep.sock`, AbortSignal.timeout(pause * 5000));
}

/** Lasts as long as the keeper or until the signal; answers whether there was a keeper at all. */
function heldConnection(path: string, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    let answered = false;
    const socket = connect({ path, signal });
    socket.on('connect', () => {
      socket.write('{"do":"lifeline"}\n');
    });
    socket.on('data', () => {
      answered = true;
    });
    socket.on('error', () => {});
    socket.on('end', () => socket.destroy());
    socket.on('close', () => resolve(answered));
  });
}
