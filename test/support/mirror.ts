import { join } from 'node:path';
import { expect } from 'vitest';
import { type Ended, edit, freePort, type House } from './decant.ts';

/** test/apps/mirror, live under its name: it shows its environment, falls ill on request, and writes logs. */
export interface Mirror {
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  /** Runs a command about it. */
  decant(...words: readonly string[]): Promise<Ended>;
  /** A command that must end with 0. */
  done(...words: readonly string[]): Promise<Ended>;
  /** What its `/` answers. */
  answer(): Promise<string>;
  environment(): Promise<Record<string, string>>;
  /** A new release of the code that answers with another version. */
  update(version: string): Promise<Ended>;
}

export const quick = ['--watch', '300ms'] as const;

/** Brings it live for the first time; `before` comes first, with the folder that it will come from. */
export async function upMirror(house: House, before = async (_: Mirror) => {}): Promise<Mirror> {
  const folder = house.copy('test/apps/mirror');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let version = '1';

  const mirror: Mirror = {
    folder,
    port,
    url,
    decant: (...words) => house.decant(words, { cwd: folder }),
    async done(...words) {
      const ended = await mirror.decant(...words);
      expect({ code: ended.code, result: ended.result, stderr: ended.stderr }).toMatchObject({ code: 0 });
      return ended;
    },
    answer: async () => (await fetch(url)).text(),
    environment: async () => (await fetch(`${url}/environment`)).json() as Promise<Record<string, string>>,
    async update(to) {
      edit(join(folder, 'app.py'), `VERSION = "${version}"`, `VERSION = "${to}"`);
      version = to;
      return mirror.done('up', ...quick);
    },
  };

  await before(mirror);
  await mirror.done('up', '--port', String(port), ...quick);
  return mirror;
}
