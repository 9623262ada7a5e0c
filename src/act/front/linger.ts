import type { IncomingMessage, ServerResponse } from 'node:http';

const lingerMilliseconds = 30_000;

/**
 * For an answer that may end before the upload does: what the client still sends is read and dropped, because closing
 * on unread bytes makes the kernel send a reset, which can overtake the answer.
 */
export function lingerForUpload(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;

  // Node calls this when an answer with `Connection: close` is out.
  socket.destroySoon = () => {
    socket.end();
    request.once('end', () => socket.destroy());
    request.resume();
  };
  request.once('end', () => Reflect.deleteProperty(socket, 'destroySoon'));

  response.once('finish', () => {
    if (request.complete) return;

    request.resume();
    const limit = setTimeout(() => socket.destroy(), lingerMilliseconds);
    request.once('close', () => clearTimeout(limit));
    request.once('end', () => clearTimeout(limit));
  });
}
