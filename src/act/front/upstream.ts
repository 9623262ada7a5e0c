import { type ClientRequest, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface UpstreamCall {
  readonly socket: string;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: boolean;
}

/** Largest head of a request or an answer, in bytes. */
export const headLimit = 65_536;

/** A request to the app on a connection of its own: a kept one could be closed by a worker just as it is used. */
export function callUpstream(call: UpstreamCall): ClientRequest {
  return httpRequest({
    method: call.method,
    path: call.path,
    headers: call.headers,
    maxHeaderSize: headLimit,
    createConnection: () => {
      const socket = connect(call.socket);
      if (call.body) ignoreWriteErrors(socket);
      return socket;
    },
  });
}

/** Whether an error means that nothing listens: not one byte was sent. EAGAIN: the listener's queue is full. */
export function isConnectFailure(error: NodeJS.ErrnoException): boolean {
  const { syscall, code } = error;
  return syscall === 'connect' && (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EAGAIN');
}

// An app that answers an upload early closes while we still write. Node would destroy the socket on that write's error
// and lose the answer that waits to be read; so such errors are swallowed, and what is read decides.
function ignoreWriteErrors(socket: Socket): void {
  const { _write, _writev } = socket;
  let isBroken = false;
  const settled = (done: (error?: Error | null) => void) => (error?: Error | null) => {
    if (error) isBroken = true;
    done();
  };

  socket._write = (chunk, encoding, done) => {
    if (isBroken) done();
    else _write.call(socket, chunk, encoding, settled(done));
  };
  socket._writev = (chunks, done) => {
    if (isBroken) done();
    else _writev?.call(socket, chunks, settled(done));
  };
}
