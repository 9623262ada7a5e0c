import type { ProgressEvent } from '../model/progress.ts';

/** The world as a flow sees it: made once by the cli (or a test), passed to every flow, never imported. */
export interface Context {
  /** Where decant keeps its state: `$DECANT_HOME`, else `$XDG_STATE_HOME/decant`, else `~/.local/state/decant`. Absolute. */
  readonly home: string;
  /** The working directory after `-C DIR`. Absolute. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The Node that runs decant: the front runs on it too. */
  readonly node: string;
  /** Where the build put `front.mjs`, `runner.pyz` and the parser's wasm files. Absolute. */
  readonly assets: string;
  /** decant's own version. */
  readonly version: string;
  /** Epoch seconds when the command began: `seconds` and `live_seconds` count from here. */
  readonly began: number;
  /** Epoch seconds, with fraction. */
  now(): number;
  /** For what only a flow can print as it comes (none of the answers: the cli prints those). */
  stdout(text: string): void;
  stderr(text: string): void;
  readonly isTTY: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  readonly columns: number;
  readonly colour: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly yes: boolean;
  /** False: nobody can be asked (`--no-input`, no terminal, CI). */
  readonly input: boolean;
  readonly target: string;
  readonly configFile?: string;
  readonly appName?: string;
  readonly timeoutSeconds?: number;
  /** Asks yes or no on the terminal; `--yes` answers. Throws `DecantError` (usage) where nobody can be asked. */
  ask(question: string): Promise<boolean>;
  /** Aborted by the first Ctrl-C or SIGTERM: cancel. */
  readonly signal: AbortSignal;
  /** The second Ctrl-C: detach and say how to re-attach. The last listener wins. */
  onSecondInterrupt(listener: () => void): void;
  /** Progress, for people or as NDJSON. */
  report(event: ProgressEvent): void;
}
