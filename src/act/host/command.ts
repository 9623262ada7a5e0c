import { spawn } from 'node:child_process';

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
}

/** Runs a program to its end and keeps what it said. A bad end is a value, not an exception. */
export function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const [program = '', ...words] = argv;

  return new Promise(resolve => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv | undefined,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];

    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', error => resolve({ status: 127, stdout: Buffer.alloc(0), stderr: error.message }));
    child.on('close', (code, signal) =>
      resolve({
        status: code ?? (signal === null ? 1 : 128),
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(err).toString(),
      }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}
