import { realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import send from 'send';
import { answerFault } from './error-pages.ts';
import type { Front } from './front.ts';
import { linkedRelease, type ServedRelease, staticPairs } from './live.ts';
import { countAnswer } from './statistics.ts';

type Found =
  | { readonly kind: 'file'; readonly folder: string; readonly path: string }
  | { readonly kind: 'none' | 'denied' };

const nothing: Found = { kind: 'none' };

/** Answers from the live release's static folders, then the previous one's; whether it took the request. */
export function serveStatic(
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
  live: ServedRelease,
): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;

  const found = lookUp(request.url ?? '/', live);
  if (found.kind === 'none') return false;

  count(front, live, response);
  if (found.kind === 'file') sendFile(found, request, response);
  else answerFault(response, 404);
  return true;
}

function lookUp(url: string, live: ServedRelease): Found {
  const query = url.indexOf('?');
  const pathname = query < 0 ? url : url.slice(0, query);
  const here = foundIn(live, pathname);
  if (here === null) return nothing;
  if (here.kind !== 'none') return here;

  const previous = linkedRelease('previous');
  return (previous !== null && foundIn(previous, pathname)) || nothing;
}

/** null: no static address of this release. */
function foundIn(release: ServedRelease, pathname: string): Found | null {
  let isStatic = false;

  for (const { url, folder } of staticPairs(release)) {
    if (!pathname.startsWith(url)) continue;

    isStatic = true;
    const found = fileBelow(folder, pathname.slice(url.length));
    if (found.kind !== 'none') return found;
  }
  return isStatic ? nothing : null;
}

function fileBelow(folder: string, encoded: string): Found {
  const path = decodedPath(encoded);
  if (path === null) return nothing;
  if (hasHiddenPart(path)) return { kind: 'denied' };

  try {
    const real = realpathSync.native(`${folder}/${path}`);
    if (!real.startsWith(`${folder}/`) || !statSync(real).isFile()) return nothing;

    const inside = real.slice(folder.length + 1);
    return hasHiddenPart(inside) ? { kind: 'denied' } : { kind: 'file', folder, path: inside };
  } catch {
    return nothing;
  }
}

/** null: empty, malformed, or with parts that could lead elsewhere. */
function decodedPath(encoded: string): string | null {
  try {
    const path = decodeURIComponent(encoded);
    const parts = path.split('/');
    return path.includes('\0') || parts.some(part => part === '' || part === '.' || part === '..') ? null : path;
  } catch {
    return null;
  }
}

function hasHiddenPart(path: string): boolean {
  return path.split('/').some(part => part.startsWith('.') && part !== '.well-known');
}

function sendFile(file: Found & { kind: 'file' }, request: IncomingMessage, response: ServerResponse): void {
  const path = file.path.split('/').map(encodeURIComponent).join('/');

  send(request, path, { root: file.folder, index: false, dotfiles: 'allow' })
    .on('error', error => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(error.status, { ...error.headers, 'Content-Length': '0' });
      response.end();
    })
    .on('directory', () => answerFault(response, 404))
    .pipe(response);
}

function count(front: Front, release: ServedRelease, response: ServerResponse): void {
  const began = performance.now();
  const counts = front.statistics.of(release.version);
  response.on('close', () => countAnswer(counts, response.statusCode, began, performance.now()));
}
