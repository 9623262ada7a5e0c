import { setTimeout as wait } from 'node:timers/promises';

/** A visitor who asks for one page again and again, on a new connection each time. */
export interface Prober {
  stop(): Promise<{ readonly requests: number; readonly failures: readonly string[] }>;
}

const pause = 20;

/** Asks until it is stopped; anything but 200 is a failure. */
export function probe(url: string): Prober {
  const failures: string[] = [];
  let requests = 0;
  let stopped = false;

  const asking = (async () => {
    while (!stopped) {
      const failure = await answer(url);
      requests += 1;
      if (failure !== null) failures.push(failure);
      await wait(pause);
    }
  })();

  return {
    async stop() {
      stopped = true;
      await asking;
      return { requests, failures };
    },
  };
}

async function answer(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { headers: { connection: 'close' }, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status === 200 ? null : `status ${response.status}`;
  } catch (error) {
    return error instanceof Error ? String(error.cause ?? error) : String(error);
  }
}
