import { expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

const parse = await openPythonParser();
const flask = (words = '') => `from flask import Flask, send_from_directory\napp = Flask(__name__${words})\n`;
const package_ = (more = '') => `{"scripts": {"build": "vite build"}, "dependencies": {"react": "19"}${more}}`;

function profile(texts: Readonly<Record<string, string>>, root?: string) {
  const files = textFiles({ 'requirements.txt': 'flask\n', ...texts });
  return profileOf(files, parse, root === undefined ? { app: 'x' } : { app: 'x', root }).profile;
}

test.each([
  ['a static folder', flask(', static_folder="client/dist"'), 'client/dist'],
  ['a folder of templates', flask(', template_folder="client/build"'), 'client/build'],
  [
    'a folder of files',
    `${flask()}@app.get("/")\ndef page():\n    return send_from_directory("client/dist", "index.html")\n`,
    'client/dist',
  ],
])('a front end is built where the app serves it: %s', (_, app, path) => {
  const found = profile({ 'app.py': app, 'client/package.json': package_(), 'client/package-lock.json': '{}' });
  expect(found.build).toEqual(['npm --prefix client ci', 'npm --prefix client run build']);
  expect(found.unbuilt).toMatchObject([{ path }]);
  expect(found.problems).toEqual([]);
});

test('one beside the folder of the app', () => {
  const texts = {
    'backend/app.py': flask(', static_folder="../web/dist"'),
    'backend/requirements.txt': 'flask\n',
    'web/package.json': package_(),
  };
  const found = profile(texts, 'backend');
  expect(found.build).toEqual(['npm --prefix ../web install', 'npm --prefix ../web run build']);
  expect(found.unbuilt).toEqual([{ path: '../web/dist', evidence: 'backend/app.py:2', built: true }]);
});

const page =
  '<link href="{{ url_for(\'static\', filename=\'site.css\') }}">\n<script src="/static/app.js?v=1"></script>\n';
const pages = { 'app.py': flask(), 'templates/base.html': page, 'static/site.css': '' };

const scripted = (build: string) => JSON.stringify({ scripts: { build }, exports: './main.js' });

test.each([
  ['its script names the folder', { 'package.json': scripted('esbuild ui/app.js --outdir=static') }],
  ['its script names the file', { 'package.json': scripted('cat a.js > ./static/app.js') }],
  [
    'a file that its script runs names the folder',
    { 'package.json': scripted('node tools/bundle.mjs'), 'tools/bundle.mjs': "write(join(root, 'static'))" },
  ],
])('one at the top makes a file that a page asks for: %s', (_, texts) => {
  const found = profile({ ...pages, ...texts });
  expect(found.build).toEqual(['npm install', 'npm run build']);
  expect(found.unbuilt).toEqual([{ path: 'static/app.js', evidence: 'templates/base.html:2', built: true }]);
});

test('one beside the code makes what builds make everywhere', () => {
  const texts = { 'app.py': flask(', static_folder="static/dist"'), 'package.json': scripted('webpack') };
  expect(profile(texts)).toMatchObject({ build: ['npm install', 'npm run build'], unbuilt: [{ built: true }] });
});

test('what a source of the page asks for names no folder', () => {
  const texts = { 'package.json': scripted('esbuild ui/app.js'), 'ui/app.js': 'fetch("/static/app.js")' };
  expect(profile({ ...pages, ...texts }).build).toEqual([]);
});

test.each(['', 'web/'])('none where the app makes the folder while it runs, beside package.json (%j)', folder => {
  const page = '@app.get("/x/<p>")\ndef x(p):\n    return send_from_directory("exports", p)\n';
  const texts = {
    [`${folder}app.py`]: flask() + page,
    [`${folder}package.json`]: scripted('electron-builder'),
    [`${folder}webpack.config.js`]: 'module.exports = { entry: "./app/exports.js" }',
  };
  expect(profile(texts)).toMatchObject({ build: [], unbuilt: [] });
});

test('one whose settings name the folder', () => {
  const texts = {
    ...pages,
    'ui/package.json': package_(),
    'ui/vite.config.js': 'export default {build: {outDir: "../static"}}',
  };
  expect(profile(texts).build).toEqual(['npm --prefix ui install', 'npm --prefix ui run build']);
});

test('none where the result is in the repository, and none where nothing says how', () => {
  expect(profile({ ...pages, 'static/app.js': '', 'package.json': package_() })).toMatchObject({
    build: [],
    unbuilt: [],
  });
  const texts = {
    'app.py': flask(', static_folder="client/dist"'),
    'client/package.json': package_(),
    'client/dist/a.js': '',
  };
  expect(profile(texts)).toMatchObject({ build: [], unbuilt: [], problems: [] });
  expect(profile(pages)).toMatchObject({ build: [], unbuilt: [{ path: 'static/app.js' }] });
});

test('a site of its own is named, and neither built nor served', () => {
  const found = profile({ 'app.py': flask(), 'client/package.json': package_() });
  expect(found.build).toEqual([]);
  expect(found.problems).toMatchObject([{ id: 'front-end-apart', place: 'client/package.json:1' }]);
  expect(profile({ 'app.py': flask(), 'tools/package.json': '{"scripts": {"build": "make"}}' }).problems).toEqual([]);
});
