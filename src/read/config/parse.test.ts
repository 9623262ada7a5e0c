import { expect, test } from 'vitest';
import { DecantError } from '../../base/errors.ts';
import { parseConfig } from './parse.ts';

function evidence(text: string): string[] {
  try {
    parseConfig(text, 'decant.yaml');
  } catch (error) {
    if (!(error instanceof DecantError)) throw error;
    expect([error.exit, error.trouble.code]).toEqual([3, 'config-invalid']);
    return [...error.trouble.evidence];
  }
  return [];
}

/** The findings without their frames. */
function findings(text: string): string[] {
  return evidence(text).filter(line => line.startsWith('decant.yaml:'));
}

test('a whole file', () => {
  const config = parseConfig(
    `# yaml-language-server: $schema=decant.schema.json
app: shop
python: "3.12"
entry: shop:create_app()
health: null
release: flask db upgrade
processes:
  worker: celery -A shop.tasks worker
  clock: null
env: { FLASK_ENV: production, EMPTY: "" }
static:
  - { url: /static, path: shop/static }
state: [instance/, app.db]
targets:
  local: { type: local, port: 9000 }
`,
    'decant.yaml',
  );
  expect(config.values).toEqual({
    app: 'shop',
    python: '3.12',
    entry: 'shop:create_app()',
    health: null,
    release: 'flask db upgrade',
    processes: { worker: 'celery -A shop.tasks worker', clock: null },
    env: { FLASK_ENV: 'production', EMPTY: '' },
    static: [{ url: '/static', path: 'shop/static' }],
    state: ['instance/', 'app.db'],
    targets: { local: { type: 'local', port: 9000 } },
  });
  const place = (key: string) => config.origins[key]?.place;
  expect([place('entry'), place('processes.clock'), place('state.1'), place('targets.local.port')]).toEqual([
    'decant.yaml:4',
    'decant.yaml:9',
    'decant.yaml:13',
    'decant.yaml:15',
  ]);
});

test.each([
  ['', {}],
  ['# only a comment\n', {}],
  ['---\n', {}],
  ['\uFEFFapp: a\r\nworkers: 2\r\n', { app: 'a', workers: 2 }],
])('accepts %j', (text, values) => expect(parseConfig(text, 'decant.yaml').values).toEqual(values));

test('anchors, aliases and merges', () => {
  const text = 'targets:\n  a: &a\n    type: local\n    port: 1\n  b: *a\n  c: { <<: *a, port: 2 }\n';
  const local = (port: number) => ({ type: 'local', port });
  expect(parseConfig(text, 'decant.yaml').values.targets).toEqual({ a: local(1), b: local(1), c: local(2) });
});

test('a code frame points at the key', () => {
  expect(evidence('app: shop\ntargets:\n  local:\n    type: local\n    prot: 2222\n')).toEqual([
    'decant.yaml:5:5  unknown key `prot` in `targets.local`; did you mean `port`?',
    '  4 |     type: local',
    '  5 |     prot: 2222',
    '    |     ^^^^',
  ]);
});

test('every problem at once, in the order of the file', () => {
  expect(findings('entry: wsgi\nworkers: two\nhelath: /up\nenv:\n  A-B: x\n  DEBUG: 1\n')).toEqual([
    'decant.yaml:1:8  `entry` must name the app as module:attribute or module:factory(), like wsgi:app or shop:create_app()',
    'decant.yaml:2:10  `workers` must be a whole number, not "two"',
    'decant.yaml:3:1  unknown key `helath`; did you mean `health`?',
    "decant.yaml:5:3  `env.A-B` can't be a variable's name: letters, digits and _ only, no digit first",
    'decant.yaml:6:10  `env.DEBUG` must be text: put it in quotes, "1"',
  ]);
});

test.each([
  ['python: 3.10\n', '1:9  `python` must be text: put it in quotes, "3.10"'],
  ['python: newest\n', '1:9  `python` must be a version, or a range as in requires-python: "3.12", ">=3.10,<3.13"'],
  ['port: 80\n', '1:1  unknown key `port`; it belongs to `targets.NAME.port`'],
  ['health:\n', '1:1  `health` has no value: write one, or null, or remove the line'],
  ['env:\n', '1:1  `env` has no value: write one or remove the line'],
  ['wrokers:\n', '1:1  unknown key `wrokers`; did you mean `workers`?'],
  ['build: npm ci\n', '1:8  `build` must be a list (lines that begin with "- "), not "npm ci"'],
  ['app: [a]\n', '1:1  `app` must be text, not a list'],
  ['app: null\n', '1:6  `app` must be text, not null'],
  ['- a\n', '1:1  the file must be a mapping (lines of "key: value")'],
  [
    'worker_class: gthreads\n',
    '1:15  `worker_class` must be one of sync, gthread, gevent, gevent-websocket, eventlet, asgi, not "gthreads"; did you mean gthread?',
  ],
  ['workers: 0\n', '1:10  `workers` must be at least 1'],
  ['workers: 1.5\n', '1:10  `workers` must be a whole number, not "1.5"'],
  ['targets:\n  prod: { type: server }\n', '2:17  `targets.prod.type` must be local, not "server"'],
  ['targets:\n  prod: { port: 1 }\n', '2:3  `targets.prod.type` is missing: it must be local'],
  ['processes:\n  release: x\n', '2:3  `processes.release` is no process: use the key "release" beside "processes"'],
  ['static:\n  - { url: /s }\n', '2:5  `static.0.path` is missing'],
  ['state: [../x]\n', '1:9  `state.0` must be a path below the app\'s folder, without a leading "/", "~", or ".."'],
  ['state: [./]\n', "1:9  `state.0` must not be the app's whole folder"],
  ['app: a\napp: b\n', '2:1  this key stands here twice'],
  ['env:\n\tA: b\n', '2:1  a tab indents this line; YAML wants spaces'],
  ['app: a\n---\napp: b\n', '2:1  a second document begins here ("---"); the file must hold one'],
  ['app: *x\n', '1:6  there is no anchor `&x` before this alias'],
  ['app: !Ref x\n', '1:6  tags ("!name") are not understood here'],
  [
    'release: a: b\n',
    '1:10  a mapping can\'t begin here: put a text that holds ": " in quotes, and mind the indentation',
  ],
  ['app: "a\n', '2:1  missing closing "quote'],
  ['__proto__: { app: a }\n', '1:1  unknown key `__proto__`'],
])('refuses %j', (text, expected) => {
  expect(findings(text)).toContain(`decant.yaml:${expected}`);
});

test.each(['a/../b', '..', 'x/..', '/etc', '~/x', 'a\\b', ''])('refuses %j as a path', path => {
  expect(findings(`state: [${JSON.stringify(path)}]\n`)).toHaveLength(1);
});

test('a file that refers to itself, or grows without end, is refused and not followed', () => {
  expect(findings('env: &e\n  A: *e\n')).toHaveLength(1);
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[at]}`)}]`),
  ];
  expect(findings(bomb.join('\n')).join()).toContain('alias');
});
