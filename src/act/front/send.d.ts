// send 1.2.1 has no types of its own; what is used of it.
declare module 'send' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface SendError extends Error {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
  }

  interface SendStream {
    on(event: 'error', listener: (error: SendError) => void): this;
    on(event: 'directory', listener: () => void): this;
    pipe(response: ServerResponse): ServerResponse;
  }

  interface SendOptions {
    readonly root: string;
    readonly index: false;
    readonly dotfiles: 'allow' | 'deny' | 'ignore';
  }

  export default function send(request: IncomingMessage, path: string, options: SendOptions): SendStream;
}
