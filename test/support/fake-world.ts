import { main } from '../../src/cli/main.ts';
import type { World } from '../../src/cli/world.ts';

/** What a command line printed, and how it ended. */
export interface Transcript {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, without a terminal, in a world that touches nothing. */
export async function transcript(argv: readonly string[], changes: Partial<World> = {}): Promise<Transcript> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const world = fakeWorld({
    stdout: text => void stdout.push(text),
    stderr: text => void stderr.push(text),
    ...changes,
  });
  const exit = await main(argv, world);
  return { exit, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** A Linux without a terminal, where only the folder of the shop exists. */
export function fakeWorld(changes: Partial<World> = {}): World {
  return {
    environment: { LANG: 'C.UTF-8', HOME: '/home/ana' },
    cwd: '/home/ana/shop',
    platform: 'linux',
    node: '/usr/bin/node',
    nodeVersion: '20.19.0',
    assets: '/nowhere',
    version: '1.2.3',
    isTTY: { stdin: false, stdout: false, stderr: false },
    columns: undefined,
    now: () => 1_800_000_000,
    stdout: () => {},
    stderr: () => {},
    isFolder: path => path === '/home/ana/shop',
    confirm: async () => false,
    onInterrupt: () => () => {},
    exit: () => {},
    ...changes,
  };
}
