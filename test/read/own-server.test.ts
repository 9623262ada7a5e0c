import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import type { Listening } from '../../src/model/profile.ts';
import type { ParsePython } from '../../src/model/repo-files.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

type Texts = Readonly<Record<string, string>>;

function profile(texts: Texts) {
  return profileOf(textFiles({ 'requirements.txt': 'flask', ...texts }), parse, { app: 'x' }).profile;
}

const flask = 'from flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef x(): pass\n';
const aiohttp = (port: string, before = '') =>
  `import os, sys\nfrom aiohttp import web\n${before}web.run_app(app, port=${port})\n`;
const told: Listening = { variable: 'PORT' };

describe('what brings its own server is started with a port', () => {
  const cases: readonly (readonly [string, Texts, string, Listening, string])[] = [
    [
      'Streamlit',
      { 'app.py': 'import streamlit as st\nst.title("x")\n' },
      'streamlit run app.py --server.port=$PORT --server.address=127.0.0.1 --server.headless=true',
      told,
      'app.py:2',
    ],
    [
      "a Procfile's own words",
      { Procfile: 'web: streamlit run ui/home.py --server.port $PORT', 'train.py': flask },
      'streamlit run ui/home.py --server.port $PORT',
      told,
      'Procfile:1',
    ],
    [
      'Gradio',
      { 'main.py': 'import gradio as gr\ndemo = gr.Blocks()\ndemo.launch()\n' },
      'python main.py',
      { variable: 'GRADIO_SERVER_PORT' },
      'main.py:3',
    ],
    [
      'web.py',
      { 'app.py': 'import web\nweb.application(urls, globals()).run()\n' },
      'python app.py 127.0.0.1:$PORT',
      told,
      'app.py:2',
    ],
    [
      'a usual port',
      { 'main.py': 'from aiohttp import web\nweb.run_app(app)\n' },
      'python main.py',
      { port: 8080 },
      'main.py:2',
    ],
    [
      'Tornado',
      { 'server.py': 'import tornado.web\napp.listen(8000)\n' },
      'python server.py',
      { port: 8000 },
      'server.py:2',
    ],
    [
      "Tornado's options",
      {
        'server.py':
          'from tornado.options import define, options, parse_command_line\nimport tornado.web\ndefine("port", default=8888)\ndef main():\n    parse_command_line()\n    app.listen(options.port)\nmain()\n',
      },
      'python server.py --port=$PORT',
      told,
      'server.py:6',
    ],
    [
      'the standard library',
      { 'main.py': 'from http.server import HTTPServer\nHTTPServer(("", 8001), b).serve_forever()\n' },
      'python main.py',
      { port: 8001 },
      'main.py:2',
    ],
    [
      'an address by its name',
      {
        'main.py':
          'import os\nfrom http.server import ThreadingHTTPServer\nADDRESS = ("", int(os.environ.get("PORT", 80)))\nThreadingHTTPServer(ADDRESS, b)\n',
      },
      'python main.py',
      told,
      'main.py:4',
    ],
    [
      'an image, with its other words',
      {
        Dockerfile: 'FROM python\nCOPY . /app\nCMD ["python", "bot.py", "--config", "prod.ini"]\n',
        'bot.py': aiohttp('7000'),
      },
      'python bot.py --config prod.ini',
      { port: 7000 },
      'bot.py:3',
    ],
    ['a variable', { 'main.py': aiohttp('int(os.environ["PORT"])') }, 'python main.py', told, 'main.py:3'],
    [
      'a variable of its own',
      { 'main.py': aiohttp('port', 'port = int(os.getenv("CHAT_PORT") or 9000)\n') },
      'python main.py',
      { variable: 'CHAT_PORT' },
      'main.py:4',
    ],
    [
      'another file',
      {
        'main.py': aiohttp('settings.PORT', 'import settings\n'),
        'settings.py': 'import os\nPORT = os.environ.get("PORT", 9000)\n',
      },
      'python main.py',
      told,
      'main.py:4',
    ],
    [
      'argparse',
      {
        'main.py': aiohttp('args.port', 'parser.add_argument("-p", "--port", type=int)\nargs = parser.parse_args()\n'),
      },
      'python main.py --port=$PORT',
      told,
      'main.py:5',
    ],
    [
      'a first argument instead of the one that was written',
      { Procfile: 'web: python main.py 9000', 'main.py': aiohttp('port', 'port = int(sys.argv[1])\n') },
      'python main.py $PORT',
      told,
      'main.py:4',
    ],
    [
      "a function's parameter",
      { 'main.py': 'from aiohttp import web\ndef serve(port=9000):\n    web.run_app(app, port=port)\nserve()\n' },
      'python main.py',
      { port: 9000 },
      'main.py:3',
    ],
    [
      "what a function's caller gives",
      {
        'main.py':
          'import os\nfrom aiohttp import web\ndef serve(port=9000):\n    web.run_app(app, port=port)\nserve(os.environ["PORT"])\n',
      },
      'python main.py',
      told,
      'main.py:4',
    ],
  ];
  test.each(cases)('%s', (_, texts, command, listens, place) => {
    const found = profile(texts);
    expect(found).toMatchObject({
      entry: null,
      framework: 'other',
      listens,
      processes: { web: command },
      problems: [],
    });
    expect(found.evidence.listens).toBe(place);
  });

  test('a name that means something to a shell is quoted', () => {
    const code = 'import streamlit as st\nst.title("x")\n';
    expect(profile({ "it's; $(x).py": code }).processes.web).toMatch(/^streamlit run 'it'\\''s; \$\(x\)\.py' --server/);
    expect(profile({ 'main.py': aiohttp('os.environ["A=B"]') }).listens).toBeNull();
  });

  test('nobody else has to set the variable', () => {
    const found = profile({ 'main.py': aiohttp('port', 'port = int(os.environ["PORT"])\nkey = os.environ["KEY"]\n') });
    expect(found.environment.filter(({ required }) => required).map(({ name }) => name)).toEqual(['KEY']);
  });
});

describe('what can not be read is refused, with the line that says it', () => {
  const cases: readonly (readonly [string, Texts, string, string])[] = [
    ['a port that is computed', { 'main.py': aiohttp('find_port()') }, 'python main.py', 'listens:'],
    ['a port of chance', { 'main.py': aiohttp('0') }, 'python main.py', 'listens:'],
    [
      'options that nobody reads',
      {
        'server.py':
          'from tornado.options import define, options\nimport tornado.web\ndefine("port", default=8888)\napp.listen(options.port)\n',
      },
      'python server.py',
      'listens:',
    ],
    [
      'a program that needs to know its visitors',
      { 'app.py': 'import panel as pn\npn.servable()\n' },
      'panel serve app.py',
      'processes:',
    ],
    [
      "a script of a library's",
      { 'shelf/tools/callback.py': 'from http.server import HTTPServer\nHTTPServer(("", 8001), b)\n' },
      'python shelf/tools/callback.py',
      'listens:',
    ],
  ];
  test.each(cases)('%s', (_, texts, command, declared) => {
    const { entry, listens, problems, processes } = profile(texts);
    expect([entry, listens, processes.web]).toEqual([null, null, command]);
    expect(problems).toMatchObject([
      {
        id: 'tcp-only',
        fatal: true,
        message: expect.stringContaining(command),
        next: [expect.stringContaining(declared)],
      },
    ]);
  });
});

describe('what another server can load keeps its entry', () => {
  test('a server started by hand around such an app is none', () => {
    const server =
      'from tornado.wsgi import WSGIContainer\nfrom tornado.httpserver import HTTPServer\nfrom app import app\nHTTPServer(WSGIContainer(app)).listen(80)\n';
    expect(profile({ 'app.py': flask, 'server.py': server, Procfile: 'web: python server.py' })).toMatchObject({
      entry: 'server:app',
      listens: null,
    });
  });

  test('an app that another server can load wins', () => {
    const found = profile({ 'app.py': flask, 'dashboard.py': 'import streamlit as st\nst.title("x")\n' });
    expect(found).toMatchObject({ entry: 'app:app', listens: null });
  });

  test('the debug server of such an app is not taken', () => {
    const code = `${flask}if __name__ == "__main__":\n    app.run(port=5000, debug=True)\n`;
    expect(profile({ 'app.py': code, Procfile: 'web: python app.py' })).toMatchObject({
      entry: 'app:app',
      listens: null,
    });
  });
});
