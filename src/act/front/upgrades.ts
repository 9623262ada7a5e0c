import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerFault } from './error-pages.ts';
import type { Front } from './front.ts';
import { hasBody, requestHeaders, responseHeaders } from './headers.ts';
import { linkedRelease, type ServedRelease } from './live.ts';
import { proxyRequest } from './proxy.ts';
import type { ReleaseCounts } from './statistics.ts';
import { callUpstream, isConnectFailure } from './upstream.ts';
import { createFrameTracker, goingAway } from './websocket-frames.ts';

/** The WebSockets that are open now. */
export interface OpenWebSockets {
  add(bid: () => void): () => void;
  /** Ends them with status 1001. */
  bidFarewell(): void;
}

export function createOpenWebSockets(): OpenWebSockets {
  const open = new Set<() => void>();

  return {
    add(bid) {
      open.add(bid);
      return () => open.delete(bid);
    },
    bidFarewell() {
      for (const bid of [...open]) bid();
    },
  };
}

/** Passes a WebSocket through. Another protocol is not spoken: its request is answered as if nobody had asked. */
export function passUpgrade(front: Front, request: IncomingMessage, client: Duplex, head: Buffer): void {
  const response = plainResponse(request, client);
  const headers = requestHeaders(request, front.address, true);
  const release = linkedRelease('live');

  if (hasBody(request)) answerFault(response, 501);
  else if (!Array.isArray(headers)) answerFault(response, headers.status);
  else if (request.headers.upgrade?.toLowerCase() !== 'websocket') proxyRequest(front, request, response, release);
  else if (release === null) answerFault(response, 503);
  else shakeHands({ front, request, client, head, response }, release, headers);
}

interface Handshake {
  readonly front: Front;
  readonly request: IncomingMessage;
  readonly client: Duplex;
  readonly head: Buffer;
  readonly response: ServerResponse;
}

function shakeHands(handshake: Handshake, release: ServedRelease, headers: readonly string[]): void {
  const { front, request, client, head, response } = handshake;
  const { method = 'GET', url = '/' } = request;
  const upstream = callUpstream({ socket: release.socket, method, path: url, headers, body: false });
  const giveUp = () => upstream.destroy();
  client.on('close', giveUp);
  upstream.on('error', error => answerFault(response, isConnectFailure(error) ? 503 : 502));
  upstream.on('response', answer => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', responseHeaders(answer));
    answer.pipe(response);
  });
  upstream.on('upgrade', (answer, app, first) => {
    client.off('close', giveUp);
    response.detachSocket(request.socket);
    client.write(switchingHead(answer));
    app.unshift(first);
    client.unshift(head);
    join(front, release.version, client, app);
  });
  upstream.end();
}

function plainResponse(request: IncomingMessage, client: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.on('finish', () => client.end());
  return response;
}

function switchingHead(answer: IncomingMessage): Buffer {
  const fields = answer.rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
  return Buffer.from(`HTTP/1.1 101 ${answer.statusMessage || 'Switching Protocols'}\r\n${fields}\r\n`, 'latin1');
}

function join(front: Front, version: string, client: Duplex, app: Duplex): void {
  const fromApp = createFrameTracker();
  const counts = front.statistics.of(version);
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    if (client.writable && fromApp.isBetweenFrames() && !fromApp.hasClosed()) client.write(goingAway);
    client.end();
    app.destroy();
  };
  const forget = front.webSockets.add(end);

  counts.websockets += 1;
  client.on('close', () => {
    forget();
    leave(counts, app);
  });
  client.on('end', () => app.end());
  app.on('error', end);
  app.on('close', end);
  relay(app, client, chunk => {
    fromApp.follow(chunk);
    counts.bytes += chunk.length;
  });
  relay(client, app, () => undefined);
}

function leave(counts: ReleaseCounts, app: Duplex): void {
  counts.websockets -= 1;
  app.destroy();
}

function relay(from: Duplex, to: Duplex, see: (chunk: Buffer) => void): void {
  from.on('data', (chunk: Buffer) => {
    see(chunk);
    if (to.writable && !to.write(chunk)) from.pause();
  });
  to.on('drain', () => from.resume());
}
