import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { answerFault, type FrontFault } from './error-pages.ts';
import type { Front } from './front.ts';
import { hasBody, requestHeaders, responseHeaders } from './headers.ts';
import { lingerForUpload } from './linger.ts';
import { linkedRelease, type ServedRelease } from './live.ts';
import { countAnswer, type ReleaseCounts } from './statistics.ts';
import { callUpstream, isConnectFailure } from './upstream.ts';

interface Exchange {
  readonly front: Front;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: readonly string[];
  readonly body: boolean;
  /** The client waits for `100 Continue` before it sends. */
  waits: boolean;
  readonly began: number;
  attempts: number;
  counts: ReleaseCounts | null;
  upstream: ClientRequest | null;
}

// Together less than a second.
const retryMilliseconds = [10, 20, 40, 80, 160, 300, 300];

/** Sends a request to a release, read just now, and streams the answer back; neither body is ever held whole. */
export function proxyRequest(
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
  live: ServedRelease | null,
): void {
  const headers = requestHeaders(request, front.address);
  if (!Array.isArray(headers)) {
    response.shouldKeepAlive = false;
    answerFault(response, headers.status);
    return;
  }

  const exchange: Exchange = {
    front,
    request,
    response,
    headers,
    body: hasBody(request),
    waits: request.headers.expect !== undefined,
    began: performance.now(),
    attempts: 0,
    counts: null,
    upstream: null,
  };

  response.on('close', () => closeExchange(exchange));
  if (exchange.body) lingerForUpload(request, response);
  attempt(exchange, live);
}

function closeExchange(exchange: Exchange): void {
  leaveRelease(exchange);
  if (!exchange.response.writableFinished) exchange.upstream?.destroy();
}

function attempt(exchange: Exchange, release: ServedRelease | null): void {
  const { front, request, response, headers, body } = exchange;
  if (response.destroyed || response.closed) return;

  if (release === null) {
    answerFault(response, 503);
    return;
  }

  enterRelease(exchange, front.statistics.of(release.version));
  try {
    call(exchange, release, body ? request : null, headers);
  } catch {
    // A target that Node's writer refuses.
    fail(exchange, 400);
  }
}

function call(
  exchange: Exchange,
  release: ServedRelease,
  body: IncomingMessage | null,
  headers: readonly string[],
): void {
  const { request, response } = exchange;
  const upstream = callUpstream({
    socket: release.socket,
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers,
    body: body !== null,
  });
  exchange.upstream = upstream;

  upstream.on('response', answer => receive(exchange, answer));
  upstream.on('error', error => failedCall(exchange, error));
  if (body === null) {
    upstream.end();
    return;
  }

  upstream.on('continue', () => {
    exchange.waits = false;
    response.writeContinue();
  });
  send(body, upstream);
}

function send(body: IncomingMessage, upstream: ClientRequest): void {
  body.on('data', chunk => {
    if (!upstream.destroyed && !upstream.write(chunk)) body.pause();
  });
  body.on('end', () => upstream.end());
  upstream.on('drain', () => body.resume());
  upstream.on('close', () => body.resume());
}

function receive(exchange: Exchange, answer: IncomingMessage): void {
  const { front, response, counts } = exchange;
  const status = answer.statusCode ?? 502;
  if (counts !== null) countAnswer(counts, status, exchange.began, performance.now());
  // The client has not sent its body and may never do so: what follows could be either body or a next request.
  if (front.isDraining || exchange.waits) response.shouldKeepAlive = false;

  try {
    response.writeHead(status, answer.statusMessage ?? '', responseHeaders(answer));
  } catch {
    answer.destroy();
    answerFault(response, 502);
    return;
  }
  // All is said: a plain close costs less than the orderly one that Node would begin.
  if (!exchange.body) answer.prependListener('end', () => answer.socket.destroy());
  stream(answer, response, counts);
}

function stream(answer: IncomingMessage, response: ServerResponse, counts: ReleaseCounts | null): void {
  answer.on('data', (chunk: Buffer) => {
    if (counts !== null) counts.bytes += chunk.length;
    if (answer.complete && answer.readableLength === 0) response.end(chunk);
    else if (!response.write(chunk)) answer.pause();
  });
  answer.on('end', () => {
    if (!response.writableEnded) response.end();
  });
  answer.on('error', () => response.destroy());
  response.on('drain', () => answer.resume());

  // A stream's head must not wait for its first event. Elsewhere head and body leave in one write.
  if (answer.headers['content-length'] === undefined) response.flushHeaders();
}

function failedCall(exchange: Exchange, error: NodeJS.ErrnoException): void {
  const { request, response, body } = exchange;
  if (response.headersSent || response.destroyed) return;

  const pause = retryMilliseconds[exchange.attempts];
  const isRepeatable = !body && (request.method === 'GET' || request.method === 'HEAD');
  if (!isConnectFailure(error)) {
    fail(exchange, 502);
  } else if (!isRepeatable || pause === undefined) {
    fail(exchange, 503);
  } else {
    exchange.attempts += 1;
    setTimeout(() => attempt(exchange, linkedRelease('live')), pause);
  }
}

function fail(exchange: Exchange, status: FrontFault): void {
  const { front, response, counts, began, waits } = exchange;
  if (counts !== null) countAnswer(counts, status, began, performance.now());
  if (front.isDraining || waits) response.shouldKeepAlive = false;
  answerFault(response, status);
}

function enterRelease(exchange: Exchange, counts: ReleaseCounts): void {
  leaveRelease(exchange);
  counts.inflight += 1;
  exchange.counts = counts;
}

function leaveRelease(exchange: Exchange): void {
  if (exchange.counts === null) return;

  exchange.counts.inflight -= 1;
  exchange.counts = null;
}
