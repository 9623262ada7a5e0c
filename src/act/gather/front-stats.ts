import { request } from 'node:http';
import type { FrontStats } from '../../model/front-stats.ts';
import { isOwnRunFolder } from '../host/run-folder.ts';

/** What the front counted, or undefined when it does not answer. */
export function frontStats(run: string): Promise<FrontStats | undefined> {
  return unixGet({ run, socket: `${run}/front.sock` }, '/stats', {}).then(answer =>
    answer === undefined ? undefined : JSON.parse(answer.body),
  );
}

export interface UnixAnswer {
  readonly status: number;
  readonly body: string;
  readonly seconds: number;
}

/** A GET over a unix socket in the run folder; undefined when nothing of ours answers within 5 s. */
export function unixGet(
  { run, socket: socketPath }: { readonly run: string; readonly socket: string },
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<UnixAnswer | undefined> {
  if (!isOwnRunFolder(run)) return Promise.resolve(undefined);
  const began = performance.now();

  return new Promise(resolve => {
    const call = request({ socketPath, path, headers, timeout: 5000 }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          seconds: (performance.now() - began) / 1000,
        }),
      );
      response.on('error', () => resolve(undefined));
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(undefined));
    call.end();
  });
}
