import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { repoFiles, textFiles } from '../support/repo-files.ts';

const parse = await openPythonParser();

/** Files of data that a detector or an installer's reader opens. */
const files = [
  'app.json',
  'package.json',
  'vercel.json',
  'railway.json',
  'zappa_settings.json',
  'settings.json',
  'Pipfile.lock',
  'pyproject.toml',
  'Pipfile',
  'poetry.lock',
  'pdm.lock',
  'uv.lock',
  'settings.toml',
  '.secrets.toml',
  'fly.toml',
  'railway.toml',
  'nixpacks.toml',
  'docker-compose.yml',
  'render.yaml',
  'app.yaml',
  'environment.yml',
  'heroku.yml',
  'settings.yaml',
  '.travis.yml',
];

/** Keys that the readers look for, so that strange values stand where plain ones are expected. */
const keys = [
  ...['app', 'build', 'command', 'context', 'default', 'dependencies', 'dependency-groups', 'dev', 'dockerfile', 'env'],
  ...['env_file', 'environment', 'entrypoint', 'envVars', 'extras', 'files', 'functions', 'group', 'image', 'include'],
  ...['main', 'metadata', 'name', 'optional-dependencies', 'package', 'packages', 'path', 'pip', 'poetry', 'ports'],
  ...['processes', 'production', 'project', 'python', 'requires', 'requires-python', 'rootDir', 'routes', 'run'],
  ...['scripts', 'services', 'source', 'sources', 'startCommand', 'start', 'tool', 'type', 'url', 'uv', 'value'],
  ...['version', 'web', 'working_dir', '_meta', '__proto__', 'constructor'],
];

const leaf = fc.oneof(
  fc.constantFrom('', 'app:app', 'flask', 'python app.py', '>=3.9', '[', '../..', '*'),
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const { value } = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 5 }, leaf, tie('list'), tie('table')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  table: fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6, noNullPrototype: false }),
}));
const table = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 });

test('no data in a file makes a reader fall over', () => {
  fc.assert(
    fc.property(fc.constantFrom(...files), table, (path, data) => {
      const text =
        /\.toml$|^Pipfile$|\.lock$/.test(path) && path !== 'Pipfile.lock' ? stringify(data) : JSON.stringify(data);
      const texts = {
        'app.py':
          'from flask import Flask\nfrom dynaconf import FlaskDynaconf\napp = Flask(__name__)\nFlaskDynaconf(app)\n',
        'requirements.txt': 'flask\n',
        [path]: text,
      };
      expect(profileOf(textFiles(texts), parse, { app: 'x' }).profile.app).toBe('x');
    }),
    { numRuns: 1500 },
  );
}, 60_000);

const examples = readdirSync(new URL('../../examples', import.meta.url)).map(name => {
  const { paths, text } = repoFiles(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)));
  return Object.fromEntries(paths.flatMap(path => [[path, text(path) ?? '']]));
});

test('no torn or doubled text of a repository does', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      fc.array(fc.tuple(share, share, share, fc.boolean()), { minLength: 1, maxLength: 4 }),
      (texts, tears) => {
        const torn = { ...texts };
        const paths = Object.keys(torn);
        for (const [which, from, to, doubles] of tears) {
          const path = paths[Math.floor(which * (paths.length - 1))] ?? '';
          const text = torn[path] ?? '';
          const [start = 0, end = 0] = [from, to].map(part => Math.floor(part * text.length)).toSorted((a, b) => a - b);
          torn[path] = doubles ? text.slice(0, end) + text.slice(start) : text.slice(0, start) + text.slice(end);
        }
        expect(profileOf(textFiles(torn), parse, { app: 'x' }).profile.app).toBe('x');
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);

test.each<[string, Readonly<Record<string, string>>]>([
  ['dots in imports', { 'app.py': `from ${'.'.repeat(60_000)} x\n`.repeat(6) }],
  [
    'stars in a .gitignore',
    {
      'app.py': `import secret_${'a'.repeat(80)}\n`,
      '.gitignore': `${'*a'.repeat(30)}b\n${'**/'.repeat(30)}b/${'*'.repeat(300)}c\n`,
    },
  ],
  [
    'blanks, newlines and long words',
    {
      'app.py': `from${'\t'.repeat(60_000)}x\n${'\n'.repeat(60_000)}name = "{".format(1)\n`,
      Procfile: `release: x${' '.repeat(60_000)}\u2028x\n`,
      '.env.example': `A= a${' '.repeat(60_000)}\u2028\n${'A_'.repeat(30_000)}=1\n`,
      'alembic.ini': '\n'.repeat(60_000),
      'setup.cfg': '\n'.repeat(60_000),
      Dockerfile: `FROM python:3.11\nENV A=1 ${'a'.repeat(60_000)}\n`,
    },
  ],
])('%s are read at once', (_, texts) => {
  const app = `from flask import Flask\napp = Flask(__name__)\n${texts['app.py']}`;
  const files = textFiles({ 'requirements.txt': 'flask\n', ...texts, 'app.py': app });
  expect(profileOf(files, parse, { app: 'x' }).profile.entry).toBe('app:app');
});
