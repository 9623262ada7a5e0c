import { type ChildProcess, spawn } from 'node:child_process';

export interface Outcome {
  /** The exit status; 127 when the program is not there, 128 + the signal's number otherwise. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Ends the program and all that it started: they are a process group of their own. So does the end of this process. */
  readonly signal?: AbortSignal | undefined;
  /** It may ask on the terminal, and stays in this process's group: a Ctrl-C there reaches all of it. */
  readonly asks?: boolean | undefined;
}

/** What still works this long after a SIGTERM is killed. */
const graceMillis = 2000;

/** Runs a program to its end and keeps what it said. A bad end is a value, not an exception. */
export function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const [program = '', ...words] = argv;
  const { signal } = options;
  if (signal?.aborted === true) return Promise.resolve({ status: 128, stdout: Buffer.alloc(0), stderr: '' });

  const isLeader = signal !== undefined && options.asks !== true;
  return new Promise(resolve => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv | undefined,
      detached: isLeader,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];

    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    const letGo = signal === undefined ? () => {} : endWith(child, { signal, isLeader });
    let isOver = false;
    const answer = (status: number, stderr = Buffer.concat(err).toString()) => {
      if (isOver) return;
      isOver = true;
      letGo();
      resolve({ status, stdout: Buffer.concat(out), stderr });
    };
    child.on('error', error => answer(127, error.message));
    // What it left behind may hold its pipes open for long.
    child.on('exit', () => signal?.aborted === true && answer(128));
    child.on('close', (code, killer) => answer(code ?? (killer === null ? 1 : 128)));
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}

/** Ends a program when the signal is aborted or this process exits; answers how to let go of it. */
function endWith(
  child: ChildProcess,
  { signal, isLeader }: { readonly signal: AbortSignal; readonly isLeader: boolean },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      if (isLeader) process.kill(-child.pid, name);
      else child.kill(name);
    } catch {
      // Nobody is left.
    }
  };
  const cancel = () => {
    end('SIGTERM');
    timer = setTimeout(() => end('SIGKILL'), graceMillis);
  };
  const leave = () => end('SIGTERM');

  signal.addEventListener('abort', cancel);
  process.on('exit', leave);
  return () => {
    // A leader is gone before those that it started.
    if (signal.aborted) end('SIGKILL');
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    process.off('exit', leave);
  };
}
