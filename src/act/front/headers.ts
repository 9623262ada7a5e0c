import type { IncomingMessage } from 'node:http';

/** What the front says of itself: "127.0.0.1", "8000". */
export interface Address {
  readonly host: string;
  readonly port: string;
}

/** A fault of the request that only its header list shows. */
export interface HeaderFault {
  readonly status: 400 | 501;
}

// RFC 9110 §7.6.1: fields that belong to one connection.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const clientClaims = new Set(['forwarded', 'x-real-ip']);
const neverNamed = new Set(['host', 'content-length', 'content-type', 'expect']);

/**
 * The header list that the app gets, flat: name, value, name, value; spelling, order and duplicates kept. Names with an
 * underscore are dropped, as nginx does: gunicorn takes SCRIPT_NAME and PATH_INFO from a proxy that it trusts.
 */
export function requestHeaders(request: IncomingMessage, address: Address, upgrade = false): string[] | HeaderFault {
  const raw = request.rawHeaders;
  const named = namedHeaders(request.headers.connection);
  const headers: string[] = [];
  let host: string | undefined;

  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const lower = name.toLowerCase();
    if (lower === 'host') {
      if (host !== undefined) return { status: 400 };
      host = raw[at + 1] as string;
    }
    if (isKeptFromApp(lower, named)) continue;
    headers.push(name, raw[at + 1] as string);
  }

  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return { status: 501 };

  addFraming(headers, request, coding !== undefined);
  addForwarded(headers, request, host, address);
  if (upgrade) headers.push('Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? '');
  else headers.push('Connection', 'close');
  return headers;
}

/** The header list that the client gets. Node adds the connection's own fields, and Date where the app sent none. */
export function responseHeaders(answer: IncomingMessage): string[] {
  const raw = answer.rawHeaders;
  const named = namedHeaders(rawValue(raw, 'connection'));
  const headers: string[] = [];

  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || named?.has(lower)) continue;
    headers.push(name, raw[at + 1] as string);
  }
  return headers;
}

/** Whether a body follows the request's head. */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function isKeptFromApp(lower: string, named: ReadonlySet<string> | null): boolean {
  return (
    hopByHop.has(lower) ||
    clientClaims.has(lower) ||
    lower.startsWith('x-forwarded-') ||
    lower.includes('_') ||
    named?.has(lower) === true
  );
}

function namedHeaders(connection: string | undefined): ReadonlySet<string> | null {
  if (connection === undefined || connection.length < 6 || /^(?:close|keep-alive|upgrade)$/i.test(connection)) {
    return null;
  }

  const names = connection.split(',').map(name => name.trim().toLowerCase());
  return new Set(names.filter(name => !neverNamed.has(name)));
}

function addFraming(headers: string[], request: IncomingMessage, chunked: boolean): void {
  if (chunked) headers.push('Transfer-Encoding', 'chunked');
  else if (request.headers['content-length'] === undefined && isUsuallyWithBody(request.method)) {
    headers.push('Content-Length', '0');
  }
}

function isUsuallyWithBody(method: string | undefined): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function addForwarded(headers: string[], request: IncomingMessage, host: string | undefined, address: Address): void {
  const asked = host ?? `${address.host}:${address.port}`;
  if (host === undefined) headers.push('Host', asked);

  headers.push(
    'X-Forwarded-For',
    clientAddress(request.socket.remoteAddress),
    'X-Forwarded-Proto',
    'http',
    'X-Forwarded-Host',
    asked,
    'X-Forwarded-Port',
    address.port,
  );
}

function clientAddress(remote: string | undefined): string {
  return remote === undefined ? 'unknown' : remote.startsWith('::ffff:') ? remote.slice(7) : remote;
}

function rawValue(raw: readonly string[], wanted: string): string | undefined {
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    if (name.length === wanted.length && name.toLowerCase() === wanted) return raw[at + 1];
  }
  return undefined;
}
