import type { Colours } from './colour.ts';
import type { Glyphs } from './glyphs.ts';

/** What a view needs to know of the place where it is printed. */
export interface View {
  /** Width of the terminal; absent: not a terminal, nothing is cut. */
  readonly columns?: number;
  readonly colours: Colours;
  readonly glyphs: Glyphs;
  /** Epoch seconds. */
  readonly now: number;
}
