import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { isOwnRunFolder } from './run-folder.ts';

/** Keeper and front revive each other first; seconds. */
const patience = 5;
const pause = 0.1;

/** Waits until the keeper is gone for good, or the signal says that we are to leave: a kept app, or one that was stopped. */
export async function keeperEnd(run: string, signal: AbortSignal): Promise<'gone' | 'left' | 'stopped'> {
  for (let silent = 0; silent < patience && !signal.aborted; silent += pause) {
    if (await heldConnection(run, signal)) silent = 0;
    await wait(pause * 1000, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) return 'gone';
  return (await hasKeeper(run)) ? 'left' : 'stopped';
}

/** Whether a keeper answers now. */
export function hasKeeper(run: string): Promise<boolean> {
  return heldConnection(run, AbortSignal.timeout(pause * 5000));
}

/** Lasts as long as the keeper or until the signal; answers whether there was a keeper at all. */
function heldConnection(run: string, signal: AbortSignal): Promise<boolean> {
  if (!isOwnRunFolder(run)) return Promise.resolve(false);

  return new Promise(resolve => {
    let answered = false;
    const socket = connect({ path: `${run}/keep.sock`, signal });
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
