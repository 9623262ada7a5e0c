import truncatedWidth from 'fast-string-truncated-width';

/** How many columns a text takes on a terminal; colour takes none, wide characters two. */
export function width(text: string): number {
  return truncatedWidth(text, {}).width;
}

/** The text, cut to so many columns with a sign that it goes on. */
export function clipped(text: string, columns: number | undefined, ellipsis: string): string {
  if (columns === undefined || width(text) <= columns) return text;
  const { index, ellipsed } = truncatedWidth(text, { limit: columns, ellipsis });
  const cut = text.slice(0, index) + (ellipsed ? ellipsis : '');
  return text.includes('\x1b[') ? `${cut}\x1b[0m` : cut;
}

/** The text filled up with spaces to so many columns. */
export function padded(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)));
  return align === 'left' ? text + space : space + text;
}
