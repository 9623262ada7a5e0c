/** The process around a command: the real one is made in `entry.ts`, tests bring their own. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: string;
  /** Path of the Node that runs decant, and its version. */
  readonly node: string;
  readonly nodeVersion: string;
  /** The folder of the build's files. */
  readonly assets: string;
  readonly version: string;
  readonly isTTY: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Width of the terminal, if there is one. */
  readonly columns: number | undefined;
  now(): number;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether a folder is there. */
  isFolder(path: string): boolean;
  confirm(question: string): Promise<boolean>;
  /** Calls back at each Ctrl-C or SIGTERM; answers how to stop listening. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}
