import type { PythonNode } from '../../model/repo-files.ts';
import type { Call } from '../python/module.ts';
import { children } from '../python/node.ts';

/** A library whose programs serve by themselves. */
export interface ServerKind {
  /** The import without which it is none. */
  readonly needle: string;
  readonly sign: RegExp;
  /** What starts a file of it. */
  readonly program: string;
  /** How the program is told its port. */
  readonly told: Told;
}

/** By words of its command line, or where its code starts to listen. */
export type Told = { readonly words: readonly string[] } | ListeningCall | null;

export interface ListeningCall {
  readonly call: RegExp;
  /** The argument that is the port, or holds it. */
  port(call: Call): PythonNode | undefined;
  /** What the library takes where nothing is said: a port, or a variable. */
  readonly otherwise: number | string | null;
}

const keyword =
  (name: string, at?: number) =>
  (call: Call): PythonNode | undefined =>
    call.keywords.get(name) ?? (at === undefined ? undefined : call.arguments[at]);

/** The second of `("", 8000)`; a name stands for the whole address. */
function ofAddress(call: Call): PythonNode | undefined {
  const address = call.keywords.get('server_address') ?? call.arguments[0];
  return address?.type === 'tuple' ? children(address)[1] : address;
}

const addressed: ListeningCall = { call: /Server$/, port: ofAddress, otherwise: null };

/** Words that every program of this name is told; the shell fills the port in. */
const programs: Readonly<Record<string, readonly string[]>> = {
  'streamlit run': ['--server.port=$PORT', '--server.address=127.0.0.1', '--server.headless=true'],
  'chainlit run': ['--port', '$PORT', '--host', '127.0.0.1', '--headless'],
  voila: ['--port=$PORT', '--no-browser'],
};

/** How a program that is no file of Python is told its port; null where that takes more than decant knows. */
export function programTold(program: string): Told {
  const words = new Map(Object.entries(programs)).get(program);
  return words === undefined ? null : { words };
}

export const serverKinds: readonly ServerKind[] = [
  {
    needle: 'streamlit',
    sign: /^[ \t]*(st|streamlit)\.(?!cache|session_state|secrets)\w+/m,
    program: 'streamlit run',
    told: programTold('streamlit run'),
  },
  {
    needle: 'gradio',
    sign: /\.launch\(/,
    program: 'python',
    told: { call: /\.launch$/, port: keyword('server_port'), otherwise: 'GRADIO_SERVER_PORT' },
  },
  {
    needle: 'aiohttp',
    sign: /\bweb\.(run_app|_run_app|AppRunner)\(/,
    program: 'python',
    told: {
      call: /(^|\.)(_?run_app|TCPSite)$/,
      port: call => keyword('port', /TCPSite$/.test(call.name) ? 2 : undefined)(call),
      otherwise: 8080,
    },
  },
  {
    needle: 'tornado',
    sign: /\.listen\(|HTTPServer\(/,
    program: 'python',
    told: { call: /\.(listen|bind)$/, port: keyword('port', 0), otherwise: null },
  },
  {
    needle: 'nicegui',
    sign: /\bui\.run\(/,
    program: 'python',
    told: { call: /(^|\.)ui\.run$/, port: keyword('port'), otherwise: 8080 },
  },
  { needle: 'chainlit', sign: /@cl\.on_message/, program: 'chainlit run', told: programTold('chainlit run') },
  { needle: 'panel', sign: /\.servable\(/, program: 'panel serve', told: null },
  { needle: 'bokeh', sign: /\bcurdoc\(\)/, program: 'bokeh serve', told: null },
  { needle: 'cherrypy', sign: /cherrypy\.(quickstart|engine\.start)\(/, program: 'python', told: null },
  { needle: 'http.server', sign: /(HTTPServer|TCPServer)\(/, program: 'python', told: addressed },
  { needle: 'socketserver', sign: /Server\(/, program: 'python', told: addressed },
  {
    needle: 'websockets',
    sign: /\bserve\(/,
    program: 'python',
    told: { call: /(^|\.)serve$/, port: keyword('port', 2), otherwise: null },
  },
  // https://webpy.org: the first word of its command line is an address.
  { needle: 'web', sign: /\bweb\.application\(/, program: 'python', told: { words: ['127.0.0.1:$PORT'] } },
  {
    needle: 'bottle',
    sign: /^[ \t]*(bottle\.)?run\(/m,
    program: 'python',
    told: { call: /^(bottle\.)?run$/, port: keyword('port'), otherwise: 8080 },
  },
];
