import { DecantError, exitCodes } from '../base/errors.ts';
import { isVariableName } from '../base/names.ts';

export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** The line of the name, counted from 1. */
  readonly line: number;
}

export interface EnvProblem {
  readonly line: number;
  readonly message: string;
}

/**
 * The variables of an env file as python-dotenv 1.2 reads it, which is also how Flask does: `export`, both quotes,
 * escapes, several lines in quotes, comments, `${NAME}` and `${NAME:-default}` (in single quotes too). As in
 * `load_dotenv()`, `given` values win over the file's own in an expansion, and the last of two equal names counts.
 * Lines that python-dotenv skips are reported, never thrown.
 */
export function envFile(text: string, given: Readonly<Record<string, string>> = {}): EnvFile {
  const outside = new Map(Object.entries(given));
  const entries = new Map<string, EnvEntry>();
  const problems: EnvProblem[] = [];
  for (const { line, name, raw, problem } of bindings(text)) {
    if (problem !== undefined) {
      problems.push({ line, message: problem });
      entries.delete(name);
      continue;
    }

    const value = expanded(raw, reference => outside.get(reference) ?? entries.get(reference)?.value);
    const message = refusal(name, value);
    if (message === undefined) entries.set(name, { name, value, line });
    else problems.push({ line, message });
  }
  return { entries: [...entries.values()], problems };
}

export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  readonly problems: readonly EnvProblem[];
}

/**
 * Values as a systemd EnvironmentFile that gives them back byte for byte: in double quotes, a backslash before each
 * `" \ $` and backquote, newlines as they are. Throws DecantError (exit 3) for a name that is none, and for NUL.
 * https://www.freedesktop.org/software/systemd/man/systemd.exec.html#EnvironmentFile=
 */
export function systemdEnvFile(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const message = refusal(name, value);
      if (message !== undefined) throw refused(name, message);
      return `${name}="${value.replaceAll(/["\\$`]/g, '\\$&')}"\n`;
    })
    .join('');
}

function refusal(name: string, value: string): string | undefined {
  if (!isVariableName(name)) return `${JSON.stringify(name)} is not a name for a variable`;
  if (value.includes('\0')) return `the value of ${name} contains a NUL character`;
  return undefined;
}

function refused(name: string, message: string): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'environment-refused',
    what: `An environment variable can't be stored: ${message}.`,
    evidence: [],
    state: 'Nothing was changed.',
    next: [`decant config unset ${JSON.stringify(name)}    # or give it another name or value`],
  });
}

interface Binding {
  readonly line: number;
  readonly name: string;
  readonly raw: string;
  readonly problem?: string;
}

// What Python calls white space: JavaScript's, without U+FEFF, with the separators U+001C to U+001F and U+0085.
const separators = String.fromCharCode(0x1c, 0x1d, 0x1e, 0x1f, 0x85);
const blank = `(?:(?!\uFEFF)[\\s${separators}])`;
const gap = `(?:(?!\\n)${blank})*`;

const leading = new RegExp(`${blank}*`, 'y');
const exported = new RegExp(`(?:export(?:(?!\\n)${blank})+)?`, 'y');
const key = new RegExp(`(?:'([^']+)'|((?!')(?:(?![=#])(?!${blank})[\\s\\S])+))${gap}`, 'y');
const equals = new RegExp(`=(${gap})`, 'y');
const single = /'((?:\\[\s\S]|[^'\\])*)'/y;
const double = /"((?:\\[\s\S]|[^"\\])*)"/y;
const plain = /[^\n]*/y;
const lineEnd = new RegExp(`(?:${gap}#[^\\n]*)?${gap}(?:\\n|$)`, 'y');
const comment = /#[^\n]*(?:\n|$)/y;
const trailingComment = new RegExp(`(?<!${blank})${blank}+#[^\\n]*`, 'g');
const trailingBlank = new RegExp(`(?<!${blank})${blank}+$`);

function* bindings(text: string): Generator<Binding> {
  const source = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  let at = 0;
  let line = 1;
  while (true) {
    const start = matchAt(leading, source, at)?.end ?? at;
    line += newlines(source.slice(at, start));
    if (start >= source.length) return;

    const named = matchAt(exported, source, start)?.end ?? start;
    const skipped = matchAt(comment, source, named);
    const found = skipped === undefined ? bindingAt(source, named) : { end: skipped.end };
    if ('raw' in found) yield { line, ...found };
    at = found.end;
    line += newlines(source.slice(start, at));
  }
}

function bindingAt(source: string, start: number): Omit<Binding, 'line'> & { readonly end: number } {
  const name = matchAt(key, source, start);
  if (name === undefined) return broken(source, start);

  const sign = matchAt(equals, source, name.end);
  const value = sign === undefined ? { raw: '', end: name.end } : valueAt(source, sign.end, sign.groups[0] !== '');
  if (value === undefined) return broken(source, sign?.end ?? name.end);

  const ending = matchAt(lineEnd, source, value.end);
  if (ending === undefined) return broken(source, value.end);

  const bound = { name: name.groups[0] ?? name.groups[1] ?? '', raw: value.raw, end: ending.end };
  return sign === undefined ? { ...bound, problem: `${bound.name} has no "=" and no value; it is not set` } : bound;
}

function broken(source: string, from: number): Omit<Binding, 'line'> & { readonly end: number } {
  const end = source.indexOf('\n', from);
  return {
    name: '',
    raw: '',
    end: end === -1 ? source.length : end + 1,
    problem: 'not understood; python-dotenv skips it too',
  };
}

function valueAt(source: string, at: number, spaced: boolean): { raw: string; end: number } | undefined {
  const first = source[at];
  // `NAME= # comment` is empty, but `NAME=#abc` is "#abc".
  if (spaced && first === '#') return { raw: '', end: at };
  if (first === "'" || first === '"') {
    const quoted = matchAt(first === "'" ? single : double, source, at);
    if (quoted === undefined) return undefined;
    return { raw: unescaped(quoted.groups[0] ?? '', first), end: quoted.end };
  }

  const rest = matchAt(plain, source, at);
  const raw = source.slice(at, rest?.end).replaceAll(trailingComment, '').replace(trailingBlank, '');
  return { raw, end: rest?.end ?? at };
}

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(text: string, quote: "'" | '"'): string {
  const escapes = quote === "'" ? /\\([\\'])/g : /\\([\\'"abfnrtv])/g;
  return text.replaceAll(escapes, (_, letter: string) => letters[letter] ?? letter);
}

function expanded(raw: string, given: (name: string) => string | undefined): string {
  return raw.replaceAll(
    /\$\{([^}:]*)(?::-([^}]*))?\}/g,
    (_, name: string, fallback?: string) => given(name) ?? fallback ?? '',
  );
}

function matchAt(
  pattern: RegExp,
  source: string,
  at: number,
): { end: number; groups: readonly (string | undefined)[] } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(source);
  return match === null ? undefined : { end: pattern.lastIndex, groups: match.slice(1) };
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
