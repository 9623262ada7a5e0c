import type { Context } from '../act/context.ts';
import { colours } from '../show/colour.ts';
import { glyphs } from '../show/glyphs.ts';
import type { View } from '../show/view.ts';

/** The place where answers are printed: standard output. */
export function viewOf(context: Context): View {
  return {
    ...(context.isTTY.stdout ? { columns: context.columns } : {}),
    colours: colours(context.colour),
    glyphs: glyphs(context.environment),
    now: context.now(),
  };
}

/** Prints a query's answer: one JSON object, or words. */
export function printAnswer(context: Context, answer: object, words: (view: View) => string): void {
  context.stdout(context.json ? `${JSON.stringify({ schema: 1, ...answer })}\n` : words(viewOf(context)));
}

/** Prints the answer of a long action: the last NDJSON line, or words. */
export function printResult(context: Context, answer: object, words: (view: View) => string): void {
  context.report({ type: 'result', answer });
  if (!context.json) context.stdout(words(viewOf(context)));
}
