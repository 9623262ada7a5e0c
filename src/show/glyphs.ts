/** The signs that decant prints, always beside a word. */
export interface Glyphs {
  readonly done: string;
  readonly failed: string;
  readonly warning: string;
  readonly running: string;
  readonly undone: string;
  readonly arrow: string;
  readonly dot: string;
  readonly rule: string;
  readonly ellipsis: string;
}

const unicode: Glyphs = {
  done: '✓',
  failed: '✗',
  warning: '!',
  running: '…',
  undone: '↩',
  arrow: '→',
  dot: '·',
  rule: '─',
  ellipsis: '…',
};

const ascii: Glyphs = {
  done: '+',
  failed: 'x',
  warning: '!',
  running: '>',
  undone: '<',
  arrow: '->',
  dot: '-',
  rule: '-',
  ellipsis: '~',
};

/** The signs that a terminal with this environment can print. The locale's order is POSIX's: LC_ALL, LC_CTYPE, LANG. */
export function glyphs(environment: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return /utf-?8/i.test(locale) && environment.TERM !== 'linux' ? unicode : ascii;
}
