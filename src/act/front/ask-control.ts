import { request } from 'node:http';

export interface ControlQuestion {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** How long to wait, in milliseconds. */
  readonly patience: number;
}

/** gone: nobody is behind the socket any more. late: somebody may be, but does not answer now. */
export type ControlAnswer =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'gone' }
  | { readonly kind: 'late' };

/** Asks the front behind a control socket. */
export function askControl(socketPath: string, question: ControlQuestion): Promise<ControlAnswer> {
  const { method, path, body, patience } = question;

  return new Promise(resolve => {
    const asked = request({ socketPath, method, path, agent: false, timeout: patience }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => resolve({ kind: 'gone' }));
      answer.on('end', () => resolve(parsed(Buffer.concat(chunks).toString())));
    });

    asked.on('timeout', () => {
      resolve({ kind: 'late' });
      asked.destroy();
    });
    asked.on('error', () => resolve({ kind: 'gone' }));
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): ControlAnswer {
  try {
    return { kind: 'answer', value: JSON.parse(text) };
  } catch {
    return { kind: 'late' };
  }
}
