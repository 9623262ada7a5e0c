/** A part of a text: line and column count from 1; it ends with its line at the latest. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

const widest = 100;

/** The line of a span with carets below it, between its neighbours. Control characters are shown as "?". */
export function codeFrame(text: string, span: Span): string[] {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, span.line - 1);
  const last = Math.min(lines.length - (lines.at(-1) === '' ? 1 : 0), span.line + 1);
  const gutter = String(last).length;
  const from = Math.max(0, span.column - 1 + Math.min(span.length, 20) - widest);

  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => first + at).flatMap(number => {
    const shown = visible(lines[number - 1] ?? '').slice(from, from + widest);
    const row = `  ${String(number).padStart(gutter)} | ${shown}`.trimEnd();
    return number === span.line ? [row, `  ${' '.repeat(gutter)} | ${carets(shown, span, from)}`] : [row];
  });
}

function carets(line: string, span: Span, from: number): string {
  const start = span.column - 1 - from;
  const room = Math.max(1, line.length - start);
  return ' '.repeat(start) + '^'.repeat(Math.max(1, Math.min(span.length, room)));
}

function visible(line: string): string {
  return line.replaceAll('\t', ' ').replaceAll(/\p{C}/gu, character => '?'.repeat(character.length));
}
