/** What a line that starts a web server says. */
export interface ServerCommand {
  readonly program: string;
  /** "module:attr" as written; undefined when the line names a script, a configuration file or nothing. */
  readonly app: string | undefined;
  /** The script of `python app.py`, or the file of `python -m app`. */
  readonly script: string | undefined;
  /** uwsgi's configuration file. */
  readonly file: string | undefined;
  /** The folder that the line changes to. */
  readonly folder: string | undefined;
  /** Whether it is a server for development. */
  readonly development: boolean;
  readonly words: readonly string[];
}

/** The web servers in a shell line (`cd x && exec gunicorn -w 2 app:app`). */
export function serverCommands(text: string): readonly ServerCommand[] {
  let folder: string | undefined;

  return text.split(/&&|\|\||;|\n/).flatMap(part => {
    const words = plainWords(part);
    const change = words.indexOf('cd');
    if (change !== -1) folder = words[change + 1];
    if (noServer.test(words[0] ?? '')) return [];
    const found = serverIn(words) ?? scriptIn(words);
    return found === undefined ? [] : [{ ...found, folder: found.folder ?? folder }];
  });
}

/** Lines that only talk about a server. */
const noServer =
  /^(@?echo|printf|pip3?|apt(-get)?|apk|yum|conda|which|command|pkill|killall|kill|rm|cp|chown|test|\[+|cat|npm|yarn)$/;

/** Words without quotes and without what a shell would put in: enough to find names, never to run anything. */
export function plainWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/^(["'])([\s\S]*)\1$/, '$2').replace(/"([^"]*)"/g, '$1'),
  );
}

function serverIn(words: readonly string[]): ServerCommand | undefined {
  const at = words.findIndex(word => servers.has(programName(word)));
  if (at === -1) return undefined;

  const program = programName(words[at] ?? '');
  const rest = words.slice(at + 1);
  const runs = program === 'flask' || program === 'fastapi';
  if (runs && !rest.includes('run') && !rest.includes('dev')) return undefined;

  const named = runs
    ? optionValues(rest, appOptions).find(isModule)
    : (rest.find(isAppWord) ?? rest.map(mounted).find(isAppWord));
  const suffix = rest.includes('--factory') && named?.endsWith(')') === false ? '()' : '';
  return {
    program,
    app: named === undefined ? withoutColon(program, rest) : `${named}${suffix}`,
    script: program === 'fastapi' ? rest.find(word => word.endsWith('.py')) : undefined,
    file: program === 'uwsgi' ? configuration(rest) : undefined,
    folder: optionValues(rest, ['--chdir', '--app-dir', '--pythonpath'])[0],
    development: runs || rest.includes('--reload'),
    words,
  };
}

const appOptions = ['--app', '-A', '-w', '--module', '--wsgi'];

function scriptIn(words: readonly string[]): ServerCommand | undefined {
  const at = words.findIndex(word => /^@?(.*\/)?python[\d.]*$/.test(word));
  const rest = at === -1 ? [] : words.slice(at + 1).filter(word => !/^-[uOBEs]+$/.test(word));
  const script = rest[0] === '-m' ? moduleScript(rest[1] ?? '') : rest[0];
  if (script === undefined || !/^[\w./-]+\.py$/.test(script)) return undefined;
  return { program: 'python', app: undefined, script, file: undefined, folder: undefined, development: true, words };
}

function moduleScript(module: string): string | undefined {
  return /^[A-Za-z_][\w.]*$/.test(module) ? `${module.replaceAll('.', '/')}.py` : undefined;
}

/** gunicorn takes `gunicorn wsgi` for wsgi:application; uwsgi says module and callable in two words. */
function withoutColon(program: string, rest: readonly string[]): string | undefined {
  if (program === 'uwsgi') {
    const module = optionValues(rest, [...appOptions, '--wsgi-file', '--file']).find(isModule);
    const callable = optionValues(rest, ['--callable'])[0];
    return module === undefined || module.includes(':') ? module : `${module}:${callable ?? 'application'}`;
  }
  if (program !== 'gunicorn') return undefined;
  const bare = rest.find((word, at) => /^[A-Za-z_][\w.]*$/.test(word) && !takesValue(rest[at - 1]));
  return bare === undefined ? undefined : `${bare}:application`;
}

function takesValue(option: string | undefined): boolean {
  return (
    option?.startsWith('-') === true &&
    !option.includes('=') &&
    !/^(--preload|--reload|--daemon|-D|-R|--capture-output|--reuse-port|--enable-stdio-inheritance|-[kwt]\w+)$/.test(
      option,
    )
  );
}

function configuration(rest: readonly string[]): string | undefined {
  return (
    optionValues(rest, ['--ini', '--xml', '--yaml', '--yml'])[0] ?? rest.find(word => /\.(ini|xml|ya?ml)$/.test(word))
  );
}

/** `--mount /=module:app` */
function mounted(word: string): string {
  return word.replace(/^\/[\w/-]*=/, '');
}

function isModule(word: string): boolean {
  return /^[\w./]+:?/.test(word) && /[A-Za-z]/.test(word);
}

function isAppWord(word: string): boolean {
  return /^[A-Za-z_][\w./]*:[A-Za-z_][\w.]*(\(.*\))?$/.test(word);
}

function optionValues(words: readonly string[], names: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    const [name = '', value] = word.split(/=(.*)/s);
    if (!names.includes(name)) return [];
    const found = value ?? words[at + 1];
    return found === undefined ? [] : [found];
  });
}

function programName(word: string): string {
  return word.replace(/^@/, '').replace(/^.*\//, '');
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
