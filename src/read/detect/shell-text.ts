/** One command line of a script, continuations joined and comments left out. */
export interface ShellLine {
  readonly text: string;
  readonly line: number;
}

export interface ShellText {
  /** With what the script gives to its own variables put in. */
  readonly lines: readonly ShellLine[];
  readonly variables: ReadonlyMap<string, string>;
}

/** A shell script as far as it can be told without running it. Of several values of a variable the last one counts. */
export function shellText(source: string, given: ReadonlyMap<string, string> = new Map()): ShellText {
  const variables = new Map(given);
  const lines = joinedLines(source).map(({ text, line }) => {
    for (const [, name = '', value = ''] of text.matchAll(assignment))
      variables.set(name, substituted(value, variables));
    return { text: substituted(text, variables), line };
  });
  return { lines, variables };
}

const assignment =
  /(?:^|[;&]\s*|\b(?:export|readonly|local|then|else|do)\s+|^env\s+|(?<=\w=\S*)\s)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s;&|]*)/g;

/** `$X`, `${X}`, `${X:-default}`, with the quotes around a whole value taken off; what isn't known stays as it is. */
export function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  const plain = text.replace(
    /^"([^"]*)"$|^'([^']*)'$/,
    (_, double?: string, single?: string) => double ?? single ?? '',
  );
  return plain.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?[-=]([^{}]*|\$\{\w+\}))?\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      const known = variables.get(braced ?? bare ?? '');
      return known ?? (fallback === undefined ? whole : substituted(fallback, variables));
    },
  );
}

function joinedLines(source: string): readonly ShellLine[] {
  const found: ShellLine[] = [];
  let open: ShellLine | undefined;
  for (const [at, raw] of source.split(/\r?\n/).entries()) {
    const text = raw.replace(/(^|\s)#(?![^"']*["'][^"']*$).*$/, '');
    const joined: ShellLine =
      open === undefined ? { text, line: at + 1 } : { ...open, text: `${open.text} ${text.trim()}` };
    open = text.endsWith('\\') ? { ...joined, text: joined.text.replace(/\\$/, '') } : undefined;
    if (open === undefined && joined.text.trim() !== '') found.push({ ...joined, text: joined.text.trim() });
  }
  return found;
}
