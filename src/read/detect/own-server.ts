import type { Place, Problem } from '../../model/profile.ts';
import { calledScripts } from './called-scripts.ts';
import { composeServices } from './compose.ts';
import { dockerfilePaths } from './dockerfile.ts';
import { appOfModule } from './entry.ts';
import { imageOf } from './image.ts';
import { procfileLines } from './procfile.ts';
import type { Scope } from './scope.ts';
import { shellText } from './shell-text.ts';

/** A program that listens by itself: no other server can load an app from it. */
export interface OwnServer {
  readonly command: string;
  readonly evidence: Place;
  /** As for entries: a command that somebody wrote down is worth more than a file that looks like it. */
  readonly score: number;
}

/** The most likely program of the scope that serves by itself. */
export function ownServer(scope: Scope): OwnServer | undefined {
  const lines = startLines(scope).flatMap(({ text, evidence }) => {
    const command = ownCommand(scope, text);
    return command === undefined ? [] : [{ command, evidence, score: 95 }];
  });
  return lines[0] ?? files(scope)[0];
}

/** Such an app is named and refused until decant can send requests to a TCP port. */
export function tcpOnly({ command, evidence }: OwnServer): Problem {
  const message = `This app brings its own server and can't be loaded by another one: ${command}. It needs a TCP port, one process and a relay, which decant does not have yet.`;
  return { id: 'tcp-only', fatal: true, message, place: evidence };
}

function ownCommand(scope: Scope, text: string): string | undefined {
  const known =
    /\b(streamlit run|bokeh serve|panel serve|chainlit run|voila|solara run|mesop|reflex run|gradio) +[\w./-]+/.exec(
      text,
    );
  if (known !== null) return known[0];
  const script = /\bpython[\d.]* +(?:-u +)?([\w./-]+\.py)\b/.exec(text)?.[1]?.replace(/^(\.\/|\/app\/)/, '');
  return script !== undefined && scope.has(script) && kindOf(scope, script) !== undefined
    ? `python ${script}`
    : undefined;
}

interface Line {
  readonly text: string;
  readonly evidence: Place;
}

function startLines(scope: Scope): readonly Line[] {
  const procfile = procfileLines(scope)
    .filter(({ name }) => name === 'web')
    .map(({ command, place }) => ({ text: command, evidence: place }));
  const compose = composeServices(scope).flatMap(({ command, place }) =>
    command === undefined ? [] : [{ text: command, evidence: place }],
  );
  const images = dockerfilePaths(scope)
    .flatMap(path => imageOf(scope, path).commands)
    .map(({ text, place }) => ({ text, evidence: place }));
  const all = [...procfile, ...images, ...compose];
  return [
    ...all,
    ...all.flatMap(({ text }) => calledScripts(scope, text, '').flatMap(path => scriptLines(scope, path))),
  ];
}

function scriptLines(scope: Scope, path: string): readonly Line[] {
  return shellText(scope.text(path) ?? '').lines.map(({ text, line }) => ({ text, evidence: scope.place(path, line) }));
}

/** Files that serve by themselves; the usual names and the upper folders first. */
function files(scope: Scope): readonly OwnServer[] {
  return scope
    .containing(...kinds.map(({ needle }) => needle))
    .flatMap(path => {
      const kind = kindOf(scope, path);
      if (kind === undefined) return [];
      const usual = /(^|\/)(streamlit_app|app|main|server|run|home|hello|index|dashboard)\.py$/i.test(path) ? 0 : 5;
      const score = 44 - usual - 2 * (path.split('/').length - 1) - (/(^|\/)pages\//.test(path) ? 10 : 0);
      return [
        { command: `${kind.program} ${path}`, evidence: scope.place(path, lineOf(scope, path, kind.sign)), score },
      ];
    })
    .toSorted((a, b) => b.score - a.score);
}

function lineOf(scope: Scope, path: string, sign: RegExp): number {
  const lines = (scope.text(path) ?? '').split(/\r?\n/);
  return (
    Math.max(
      lines.findIndex(line => sign.test(line)),
      0,
    ) + 1
  );
}

interface Kind {
  /** The import without which it is none. */
  readonly needle: string;
  readonly sign: RegExp;
  readonly program: string;
}

/** A file whose app another server can load as well is none, whatever it starts by hand. */
function kindOf(scope: Scope, path: string): Kind | undefined {
  const text = scope.text(path) ?? '';
  const kind = kinds.find(
    ({ needle, sign }) => new RegExp(`^\\s*(import|from)\\s+${needle}\\b`, 'm').test(text) && sign.test(text),
  );
  return kind === undefined || appOfModule(scope, path) !== undefined ? undefined : kind;
}

const kinds: readonly Kind[] = [
  { needle: 'streamlit', sign: /^\s*(st|streamlit)\.(?!cache|session_state|secrets)\w+/m, program: 'streamlit run' },
  { needle: 'gradio', sign: /\.launch\(/, program: 'python' },
  { needle: 'aiohttp', sign: /\bweb\.(run_app|_run_app|AppRunner)\(/, program: 'python' },
  { needle: 'tornado', sign: /\.listen\(|HTTPServer\(/, program: 'python' },
  { needle: 'nicegui', sign: /\bui\.run\(/, program: 'python' },
  { needle: 'chainlit', sign: /@cl\.on_message/, program: 'chainlit run' },
  { needle: 'panel', sign: /\.servable\(/, program: 'panel serve' },
  { needle: 'bokeh', sign: /\bcurdoc\(\)/, program: 'bokeh serve' },
  { needle: 'cherrypy', sign: /cherrypy\.(quickstart|engine\.start)\(/, program: 'python' },
  { needle: 'http.server', sign: /(HTTPServer|TCPServer)\(/, program: 'python' },
  { needle: 'socketserver', sign: /Server\(/, program: 'python' },
  { needle: 'websockets', sign: /\bserve\(/, program: 'python' },
  { needle: 'web', sign: /\bweb\.application\(/, program: 'python' },
  { needle: 'bottle', sign: /^\s*(bottle\.)?run\(/m, program: 'python' },
];
