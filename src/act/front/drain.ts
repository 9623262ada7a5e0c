import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { Front } from './front.ts';

/** Longer than an idle connection lives: none is cut while its client may be using it. */
const drainMilliseconds = 80_000;
const farewellMilliseconds = 1000;
const lookMilliseconds = 20;

/**
 * Accepts no more, answers what comes on connections that are there, and ends when none is left. `isReplaced`: another front
 * accepts on the same socket; otherwise nothing can follow on an idle connection, and they are closed.
 */
export function drain(front: Front, server: Server, isReplaced: boolean): Promise<void> {
  front.isDraining = true;
  // Not http.Server's close, which cuts idle connections in front of their next request.
  NetServer.prototype.close.call(server);
  if (!isReplaced) server.closeIdleConnections();

  return new Promise(resolve => {
    const look = setInterval(() => {
      server.getConnections((_error, count) => {
        if (count > 0) return;
        clearInterval(look);
        resolve();
      });
    }, lookMilliseconds);

    setTimeout(() => {
      front.webSockets.bidFarewell();
      setTimeout(resolve, farewellMilliseconds);
    }, drainMilliseconds);
  });
}
