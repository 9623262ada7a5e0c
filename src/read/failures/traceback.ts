/** One `File "…", line N, in …` with the lines that Python shows under it. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  /** "<module>" at the top of a file; "" where Python names none (a syntax error). */
  readonly name: string;
  readonly source: readonly string[];
}

export interface Traceback {
  readonly frames: readonly Frame[];
  /** "KeyError: 'coffee'", and what else the exception says; one entry a line. */
  readonly error: readonly string[];
}

/** Every Python traceback in an output, in order; those of a chain count one by one. */
export function tracebacks(output: readonly string[]): readonly Traceback[] {
  const starts = output.flatMap((line, index) => (line.includes('Traceback (most recent call last)') ? [index] : []));
  return starts.map((start, index) =>
    parsed(output.slice(start + 1, starts[index + 1]), indentOf(output[start] ?? '')),
  );
}

/** The last traceback that passes through the app's own code. */
export function appTraceback(output: readonly string[]): Traceback | undefined {
  return tracebacks(output).findLast(trace => trace.frames.some(isOwn));
}

/**
 * The last traceback of an import of the app: something imported its first own frame. One from a request, or from a
 * migration, is none.
 */
export function importTraceback(output: readonly string[]): Traceback | undefined {
  return tracebacks(output).findLast(trace => {
    const first = trace.frames.findIndex(isOwn);
    return first >= 0 && trace.frames.slice(0, first + 1).some(isImporter) && !trace.frames.some(isMigration);
  });
}

/** The last traceback, where it passes through packages only: what the app asked for is not in it. */
export function packagesTraceback(output: readonly string[]): Traceback | undefined {
  const last = tracebacks(output).at(-1);
  return last?.frames.some(isOwn) === false ? last : undefined;
}

/** Whether a frame is in the app's code: not the standard library's, a package's (compiled ones too), or a launcher's. */
export function isOwn(frame: Frame): boolean {
  return (
    !/^[^/\\].*\.p(?:yx|xd|xi)$/.test(frame.file) &&
    !/[/\\](?:site|dist)-packages[/\\]|\/lib\/python\d|\/venvs?\/[^/]+\/(?:bin|lib)\/|\.pyz\/|^</.test(frame.file) &&
    !/(?:^|\/)manage\.py$/.test(frame.file)
  );
}

/** Whether a frame is in a migration, or in the environment that runs migrations. */
export function isMigration(frame: Frame): boolean {
  return /(?:^|\/)(?:migrations|alembic)\/(?:env\.py|versions\/|\d{4}_)/.test(frame.file) && isOwn(frame);
}

/** The last frame in the app's code: where to look. */
export function ownFrame(trace: Traceback): Frame | undefined {
  return trace.frames.findLast(isOwn);
}

/** "file:line", relative to the repository. */
export function placeOf(frame: Frame): string {
  return `${relative(frame.file)}:${frame.line}`;
}

/** "app.py:3  from prices import PRICES" */
export function placeAndSource(frame: Frame): string {
  return [placeOf(frame), frame.source[0]?.trim()].filter(Boolean).join('  ');
}

/** The exception's own line without its module: "KeyError: 'coffee'". */
export function errorLine(trace: Traceback): string {
  return (trace.error[0] ?? '').replace(/^(?:[A-Za-z_]\w*\.)+(?=[A-Z]\w*(?::|$))/, '');
}

const shownLines = 12;

/**
 * What a person wants to see of an output: the app's own frames of the last traceback, the last frame of all, the
 * error; without a traceback the last lines that are not a server's routine. At most twelve lines.
 */
export function shownTrace(output: readonly string[]): readonly string[] {
  const trace = appTraceback(output) ?? tracebacks(output).at(-1);
  if (trace === undefined) return lastWords(output);

  const last = trace.frames.length - 1;
  const frames = trace.frames.filter((frame, index) => isOwn(frame) || index === last);
  return [...frames.flatMap(frameLines), ...trace.error].slice(-shownLines);
}

function lastWords(output: readonly string[]): readonly string[] {
  const telling = output.filter(isTelling);
  return telling.length > 0 ? telling.slice(-shownLines) : output.filter(line => line.trim() !== '').slice(-4);
}

function parsed(lines: readonly string[], indent: number): Traceback {
  const frames: Frame[] = [];
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').slice(indent);
    const head = /^\s+File "(.+?)", line (\d+)(?:, in (.+))?$/.exec(line);
    if (head !== null) {
      const [, file = '', number = '0', name = ''] = head;
      frames.push({ file, line: Number(number), name, source: [] });
    } else if (/^\s+\S/.test(line)) {
      const frame = frames.at(-1);
      if (frame !== undefined) frames[frames.length - 1] = { ...frame, source: [...frame.source, line] };
    } else break;
  }
  return { frames, error: exceptionLines(lines.slice(at), indent) };
}

/** The exception's line and what follows it, up to the next log line or the next blank one. */
function exceptionLines(lines: readonly string[], indent: number): string[] {
  const own = lines.map(line => line.slice(indent));
  const end = own.findIndex((line, index) => index > 0 && (line.trim() === '' || /^\[\d{4}-|^\[end of/.test(line)));
  const error = own.slice(0, end === -1 ? own.length : end).filter(line => line !== '');
  // gunicorn prints the exception's text once more.
  const isEcho = error.length > 1 && error[0]?.includes(error.at(-1) ?? '') === true;
  return isEcho ? error.slice(0, -1) : error;
}

function isImporter(frame: Frame): boolean {
  return (
    /^<frozen importlib|^<string>$|\/importlib\//.test(frame.file) ||
    /^(?:import_app|locate_app|load_app|call_factory|import_module|import_from_string|load_wsgi|__import__)$/.test(
      frame.name,
    )
  );
}

function isTelling(line: string): boolean {
  return line.trim() !== '' && !/\[(?:INFO|DEBUG)\]|^INFO:?\s/.test(line);
}

function frameLines(frame: Frame): string[] {
  const name = frame.name === '' ? '' : `, in ${frame.name}`;
  return [`  File "${relative(frame.file)}", line ${frame.line}${name}`, ...frame.source];
}

function relative(file: string): string {
  return file.replace(/^.*\/releases\/v\d+\/(?:code|site)\//, '').replace(/^.*\/site-packages\//, '');
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}
