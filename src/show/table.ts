import type { View } from './view.ts';
import { clipped, padded, width } from './width.ts';

export interface Column {
  readonly header: string;
  readonly align?: 'left' | 'right';
}

/** Rows under bold headers, two spaces apart, without borders. On a terminal lines are cut at its width. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], view: View): string {
  const cells = rows.map(row => row.map(cell => cell.replaceAll(/\s+/g, ' ')));
  const widths = columns.map((column, at) => Math.max(width(column.header), ...cells.map(row => width(row[at] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padded(cell, widths[at] ?? 0, columns[at]?.align))
      .join('  ')
      .trimEnd();
  const head = line(columns.map(column => column.header));
  return [
    view.colours.bold(clipped(head, view.columns, view.glyphs.ellipsis)),
    ...cells.map(row => fitted(line(row), view)),
  ]
    .map(text => `${text}\n`)
    .join('');
}

/** "name  value" lines, the names dim and of one width. */
export function pairs(rows: readonly (readonly [name: string, value: string])[], view: View, indent = '  '): string {
  const widest = Math.max(0, ...rows.map(([name]) => width(name)));
  return rows
    .map(([name, value]) => {
      const rest = value.split('\n').join(`\n${indent}${' '.repeat(widest + 2)}`);
      return `${indent}${view.colours.dim(padded(name, widest))}  ${rest}\n`;
    })
    .join('');
}

function fitted(line: string, view: View): string {
  return clipped(line, view.columns, view.glyphs.ellipsis);
}
