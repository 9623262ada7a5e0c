/** What a line that starts a web server says. */
export interface ServerCommand {
  readonly program: string;
  /** "module:attr" as written; undefined when the line names a script or nothing. */
  readonly app: string | undefined;
  /** The script of `python app.py`. */
  readonly script: string | undefined;
  /** The folder that the line changes to. */
  readonly folder: string | undefined;
  readonly words: readonly string[];
}

/** The web server in a shell line (`cd x && exec gunicorn -w 2 app:app`), if there is one. */
export function serverCommand(text: string): ServerCommand | undefined {
  let folder: string | undefined;

  for (const part of text.split(/&&|\|\||;|\n/)) {
    const words = plainWords(part);
    if (words[0] === 'cd') folder = words[1];
    const found = serverIn(words);
    if (found !== undefined) return { ...found, folder: found.folder ?? folder };
  }
  return undefined;
}

/** Words without quotes and without what a shell would put in: enough to find names, never to run anything. */
export function plainWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/^(["'])([\s\S]*)\1$/, '$2').replace(/"([^"]*)"/g, '$1'),
  );
}

function serverIn(words: readonly string[]): ServerCommand | undefined {
  const at = words.findIndex(word => servers.has(programName(word)));
  if (at === -1) return scriptIn(words);

  const program = programName(words[at] ?? '');
  const rest = words.slice(at + 1);
  const isFlaskRun = program === 'flask' || program === 'fastapi';
  if (isFlaskRun && !rest.includes('run')) return undefined;

  const option = (...names: readonly string[]) => optionValue(rest, names);
  const app = option('--app', '-A', '-w', '--module', '--wsgi').find(
    value => /^[\w./]+:?/.test(value) && /[A-Za-z]/.test(value),
  );
  const named = isFlaskRun || program === 'uwsgi' ? app : rest.find(isAppWord);
  const suffix = rest.includes('--factory') && named?.endsWith(')') === false ? '()' : '';
  return {
    program,
    app: named === undefined ? bareModule(program, rest) : `${named}${suffix}`,
    script: undefined,
    folder: option('--chdir', '--app-dir', '--pythonpath')[0],
    words,
  };
}

function scriptIn(words: readonly string[]): ServerCommand | undefined {
  const at = words.findIndex(word => /^(.*\/)?python[\d.]*$/.test(word));
  const script = at === -1 ? undefined : words.slice(at + 1).find(word => !word.startsWith('-'));
  if (script === undefined || !/^[\w./-]+\.py$/.test(script)) return undefined;
  return { program: 'python', app: undefined, script, folder: undefined, words };
}

/** gunicorn takes `gunicorn wsgi` for wsgi:application. */
function bareModule(program: string, rest: readonly string[]): string | undefined {
  const last = rest.at(-1);
  return program === 'gunicorn' && last !== undefined && /^[A-Za-z_][\w.]*$/.test(last) && !rest.at(-2)?.startsWith('-')
    ? `${last}:application`
    : undefined;
}

function isAppWord(word: string): boolean {
  return /^[A-Za-z_][\w./]*:[A-Za-z_][\w.]*(\(.*\))?$/.test(word);
}

function optionValue(words: readonly string[], names: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    const [name = '', value] = word.split(/=(.*)/s);
    if (!names.includes(name)) return [];
    const found = value ?? words[at + 1];
    return found === undefined ? [] : [found];
  });
}

function programName(word: string): string {
  return word.replace(/^.*\//, '');
}

const servers = new Set([
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'daphne',
  'granian',
  'waitress-serve',
  'uwsgi',
  'flask',
  'fastapi',
]);
