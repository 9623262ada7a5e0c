import type { ProgressEvent } from '../model/progress.ts';
import type { View } from './view.ts';

/** Tells people or programs what happens while it happens. */
export interface Reporter {
  report(event: ProgressEvent): void;
  /** Called a few times a second: redraws what runs, says that something still runs. */
  tick(): void;
  /** Leaves the terminal clean. Nothing is printed afterwards; calling it twice does nothing. */
  end(): void;
}

export interface ReporterOptions {
  readonly write: (text: string) => void;
  /** Epoch seconds. */
  readonly now: () => number;
  readonly view: Omit<View, 'now' | 'columns'>;
  /** The terminal's width at this moment: people resize it. */
  readonly columns: () => number | undefined;
  /** Steps that took no time, and every line of output. */
  readonly verbose: boolean;
  /** Only warnings and failures. */
  readonly quiet: boolean;
}
