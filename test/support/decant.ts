import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '../..');

/** A JSON line of `decant --json`: an event, or the result at the end. */
export type Line = Record<string, unknown> & { readonly type?: string };

export interface Ended {
  readonly code: number | null;
  readonly lines: readonly Line[];
  readonly result: Line;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built decant with a state folder of its own, as a person's shell would run it. */
export interface House {
  readonly home: string;
  /** Runs a command to its end, with `--json`. */
  decant(words: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts a command; `onLine` sees each event as it comes. */
  start(
    words: readonly string[],
    options?: RunOptions,
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** A copy of a folder of this project, without git. */
  copy(folder: string): string;
  /** Destroys every app and removes everything. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: Line) => void;
  /** What the command reads from its standard input; absent: nothing. */
  readonly input?: string;
  /** false: for people, without `--json`. */
  readonly json?: boolean;
  /** Another decant: the program and its first words. */
  readonly program?: readonly [string, ...string[]];
}

export function openHouse(within = tmpdir()): House {
  const folder = mkdtempSync(join(within, 'decant-test-'));
  const home = join(folder, 'home');
  let copies = 0;

  const house: House = {
    home,
    decant: (words, options) => house.start(words, options).ended,
    start: (words, options = {}) => started(home, words, options),
    copy(from) {
      copies += 1;
      const to = join(folder, `work-${copies}`, from.split('/').at(-1) ?? 'app');
      cpSync(join(projectRoot, from), to, { recursive: true, filter: path => !/__pycache__|\/instance$/.test(path) });
      return to;
    },
    async close() {
      const { code, stderr } = await house.decant(['destroy', '--all', '--yes']);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`destroy --all ended with ${code}: ${stderr}`);
    },
  };

  return house;
}

function started(
  home: string,
  words: readonly string[],
  options: RunOptions,
): { child: ChildProcess; ended: Promise<Ended> } {
  const [program, ...first] = options.program ?? [process.execPath, join(projectRoot, 'bin/decant.js')];
  const child = spawn(program, [...first, ...words, ...(options.json === false ? [] : ['--json'])], {
    cwd: options.cwd ?? home.replace(/\/home$/, ''),
    env: { ...process.env, ...options.env, DECANT_HOME: home, CI: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let rest = '';
  const lines: Line[] = [];

  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  child.stderr.on('data', chunk => (stderr += chunk));
  child.stdout.on('data', chunk => {
    stdout += chunk;
    if (options.json === false) return;
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts.filter(text => text.startsWith('{'))) {
      const line = JSON.parse(part) as Line;
      lines.push(line);
      options.onLine?.(line);
    }
  });

  const ended = new Promise<Ended>(resolve => {
    child.on('close', code => resolve({ code, lines, result: resultOf(lines, stdout), stdout, stderr }));
  });
  return { child, ended };
}

/** The last object: of a long action its result line, of a query all that it printed. */
function resultOf(lines: readonly Line[], stdout: string): Line {
  const last = lines.at(-1);
  if (last !== undefined) return last;

  try {
    return JSON.parse(stdout) as Line;
  } catch {
    return {};
  }
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Replaces a text in a file; throws when it is not there, so that a test can't pass by changing nothing. */
export function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** Processes of this machine whose environment or command line names the folder. */
export function processesOf(folder: string, list: readonly string[]): string[] {
  return list.filter(pid => {
    const read = (name: string) =>
      existsSync(`/proc/${pid}/${name}`) ? readFileSync(`/proc/${pid}/${name}`, 'latin1') : '';
    try {
      return read('cmdline').includes(folder) || read('environ').includes(folder);
    } catch {
      return false;
    }
  });
}

/** The command lines of every process, words joined by spaces. */
export function processLines(): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
}
