/** A command line as words, by the rules of a POSIX shell's quoting, or null when it needs a real shell. */
export function shellWords(line: string): string[] | null {
  if (needsShell(line)) return null;

  const words: string[] = [];
  const word = /(?:'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^\s'"\\]))/y;
  let current: string | undefined;
  let at = 0;

  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      if (current !== undefined) words.push(current);
      current = undefined;
      at += 1;
      continue;
    }

    word.lastIndex = at;
    const match = word.exec(line);
    if (match === null) return null;
    current = (current ?? '') + (match[1] ?? match[2]?.replace(/\\(["\\$`])/g, '$1') ?? match[3] ?? match[4] ?? '');
    at = word.lastIndex;
  }

  return current === undefined ? words : [...words, current];
}

/** Variables, pipes, lists, globs, substitutions and leading assignments mean something only to a shell. */
function needsShell(line: string): boolean {
  // In double quotes only these four still mean something.
  const unquoted = line
    .replace(/'[^']*'/g, '')
    .replace(/"((?:\\.|[^"\\])*)"/g, (_, inner: string) => inner.replace(/[^$`\n]/g, ''));
  return /[$`|&;<>*?(){}~#\n]/.test(unquoted) || /^\s*[A-Za-z_][A-Za-z0-9_]*=/.test(unquoted);
}

/** The argument list that runs a line of a Procfile: its words, or the shell that it is written for. */
export function commandArgv(line: string): string[] {
  const words = shellWords(line);
  return words === null || words.length === 0 ? ['/bin/sh', '-c', line] : words;
}

/** A word as a person can paste it into a shell. */
export function pastedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
