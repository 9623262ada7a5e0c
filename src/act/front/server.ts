import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerFault } from './error-pages.ts';
import type { Front } from './front.ts';
import { linkedRelease } from './live.ts';
import { proxyRequest } from './proxy.ts';
import { serveStatic } from './static-files.ts';
import { passUpgrade } from './upgrades.ts';
import { headLimit } from './upstream.ts';

/** The public server. Malformed requests are answered 400 by Node itself. */
export function createFrontServer(front: Front): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => route(front, request, response);
  const server = createServer(
    { keepAliveTimeout: 75_000, headersTimeout: 60_000, requestTimeout: 0, maxHeaderSize: headLimit },
    answer,
  );

  server.on('checkContinue', answer);
  server.on('upgrade', (request, client, head) => {
    client.on('error', () => client.destroy());
    front.hold.pass(() => {
      if (!client.destroyed) passUpgrade(front, request, client, head);
    });
  });
  server.on('connect', (_request, client) =>
    client.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n'),
  );
  return server;
}

function route(front: Front, request: IncomingMessage, response: ServerResponse): void {
  if (front.isDraining) response.shouldKeepAlive = false;
  // RFC 9112 §3.2.2: a target in absolute form names its host itself.
  if (request.url?.charCodeAt(0) !== 47 && request.url !== '*' && !takeOriginForm(request)) {
    answerFault(response, 400);
    return;
  }

  const live = linkedRelease('live');
  if (live !== null && serveStatic(front, request, response, live)) return;

  if (front.hold.isHolding()) front.hold.pass(() => proxyRequest(front, request, response, linkedRelease('live')));
  else proxyRequest(front, request, response, live);
}

function takeOriginForm(request: IncomingMessage): boolean {
  const [, authority, path] = /^https?:\/\/([^/?#]+)([^#]*)$/i.exec(request.url ?? '') ?? [];
  if (authority === undefined || path === undefined) return false;

  request.url = path.startsWith('/') ? path : `/${path}`;
  const at = request.rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'host');
  if (at >= 0) request.rawHeaders[at + 1] = authority;
  return true;
}
