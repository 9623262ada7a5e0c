import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { satisfies } from '@renovatebot/pep440';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const floors = ['base', 'model', 'read', 'decide', 'act', 'show', 'web', 'cli'];
const pureFloors = ['base', 'model', 'read', 'decide', 'show'];

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(path => path !== '' && existsSync(join(root, path)));
const sources = tracked.filter(path => path.startsWith('src/') && path.endsWith('.ts'));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every module named by an import, export or dynamic import; `import type` too. */
function imports(path: string): string[] {
  const code = text(path);
  const patterns = [/\bfrom\s+'([^']+)'/g, /\bimport\s+'([^']+)'/g, /\bimport\(\s*'([^']+)'\s*\)/g];
  return patterns.flatMap(pattern => [...code.matchAll(pattern)].map(match => match[1] ?? ''));
}

/** The code without its comments and texts, so that a word in a sentence is no use of it. */
function bareCode(path: string): string {
  return text(path)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

const floorOf = (path: string): string => path.split('/')[1] ?? '';
const isTest = (path: string): boolean => path.endsWith('.test.ts');

describe('floors', () => {
  it('has files to judge', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(imports('src/cli/main.ts')).toContain('./commands/_all.gen.ts');
  });

  it('knows every folder of src', () => {
    const folders = readdirSync(join(root, 'src')).filter(name => statSync(join(root, 'src', name)).isDirectory());
    expect(folders.filter(name => !floors.includes(name))).toEqual([]);
  });

  it('lets a file import its own floor or a lower one', () => {
    const wrong = sources.flatMap(path =>
      imports(path)
        .filter(name => name.startsWith('.'))
        .map(name => posix.join(dirname(path), name))
        .filter(target => floors.indexOf(floorOf(target)) > floors.indexOf(floorOf(path)))
        .map(target => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the pure floors away from the world', () => {
    const allowedNode = ['node:path/posix', 'node:path'];
    // `Date.parse` and a Date made from a text are arithmetic; only now is the world.
    const worldly =
      /\b(process\.(env|argv\w*|exit\w*|cwd|chdir|std\w+|platform|arch|pid|on|once|off|kill|hrtime|versions?|execPath|memoryUsage|nextTick|umask|getuid|emitWarning)|Date\.now|Date\(\)|Math\.random|globalThis|console\.|fetch\(|set(Timeout|Interval))/g;
    // A hash is arithmetic; everything else in that module may be random.
    const isHash = (path: string): boolean => /import \{ createHash \} from 'node:crypto'/.test(text(path));
    const wrong = sources
      .filter(path => pureFloors.includes(floorOf(path)) && !isTest(path))
      .flatMap(path =>
        [
          ...imports(path).filter(
            name =>
              name.startsWith('node:') && !allowedNode.includes(name) && !(name === 'node:crypto' && isHash(path)),
          ),
          ...[...bareCode(path).matchAll(worldly)].map(match => match[0]),
        ].map(what => `${path}: ${what}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('sizes', () => {
  const limit = (path: string): number =>
    isTest(path) || path.startsWith('test/') || path.includes('/tests/') ? 400 : 250;
  const counted = tracked.filter(
    path => /^(src|test|scripts|bin)\/.*\.(ts|mjs|js|py)$/.test(path) && !path.endsWith('.gen.ts'),
  );

  it('keeps files short', () => {
    const long = counted
      .map(path => ({ path, lines: text(path).split('\n').length - 1 }))
      .filter(each => each.lines > limit(each.path));
    expect(long).toEqual([]);
  });

  it('keeps Python functions to 50 lines', () => {
    const long = tracked.filter(path => /^src\/.*\.py$/.test(path)).flatMap(longPythonFunctions);
    expect(long).toEqual([]);
  });
});

function longPythonFunctions(path: string): string[] {
  const lines = text(path).split('\n');
  return lines.flatMap((line, at) => {
    const [, indent, name] = /^(\s*)(?:async )?def (\w+)/.exec(line) ?? [];
    if (indent === undefined) return [];
    // The body ends where something stands as far left as the `def`; a `)` there still belongs to its parameters.
    const after = lines
      .slice(at + 1)
      .findIndex(next => next.trim() !== '' && !next.startsWith(`${indent} `) && !next.startsWith(`${indent})`));
    const body = lines
      .slice(at, after === -1 ? lines.length : at + 1 + after)
      .join('\n')
      .trimEnd()
      .split('\n').length;
    return body > 50 ? [`${path}:${at + 1} ${name}: ${body} lines`] : [];
  });
}

describe('names', () => {
  it('has no rooms for anything and everything', () => {
    const rooms = ['utils', 'util', 'helpers', 'helper', 'common', 'services', 'lib', 'misc', 'shared'];
    expect(
      tracked.filter(
        path =>
          path.startsWith('src/') &&
          dirname(path)
            .split('/')
            .some(part => rooms.includes(part)),
      ),
    ).toEqual([]);
  });

  it('has no names that say nothing', () => {
    const vague = /[-_]?(manager|helpers?|utils?|service|handler|data|info|impl|part|internal|\d+)$/;
    const named = tracked.filter(path => /^(src|scripts)\/.*\.(ts|mjs|py)$/.test(path));
    const stem = (path: string): string =>
      basename(path)
        .replace(/(\.test|\.gen|\.d)?\.\w+$/, '')
        .replace(/^test_/, '');
    expect(named.filter(path => vague.test(stem(path)) && !/^(v\d+|pep\d+|sqlite3)$/.test(stem(path)))).toEqual([]);
  });

  it('writes files in kebab-case', () => {
    const odd = sources.filter(
      path => !/^(_all\.gen|[a-z][a-z0-9]*(-[a-z0-9]+)*(\.test|\.d)?)\.ts$/.test(basename(path)),
    );
    expect(odd).toEqual([]);
  });
});

describe('folders', () => {
  it('says in a README of at most 12 lines what each is for', () => {
    const folders = new Set(tracked.filter(path => /^src\/.*\.(ts|py)$/.test(path)).map(path => dirname(path)));
    const rooms = [...folders].filter(folder => !/\/tests(\/|$)/.test(folder));
    expect(rooms.filter(folder => !existsSync(join(root, folder, 'README.md')))).toEqual([]);
    const long = tracked.filter(
      path => /^src\/.*README\.md$/.test(path) && text(path).trimEnd().split('\n').length > 12,
    );
    expect(long).toEqual([]);
  });

  it('has fresh registries', () => {
    expect(() => execFileSync(process.execPath, ['scripts/gen.mjs', '--check'], { cwd: root })).not.toThrow();
  });

  it('exports by name, except what a registry loads', () => {
    const registered = new Set(tracked.filter(path => path.endsWith('/_all.gen.ts')).map(path => dirname(path)));
    const isRegistered = (path: string): boolean =>
      registered.has(dirname(path)) || registered.has(dirname(dirname(path)));
    const wrong = sources.filter(
      path => /^export default /m.test(text(path)) && !isRegistered(path) && !path.endsWith('.d.ts'),
    );
    expect(wrong).toEqual([]);
  });

  it('has no flow that is only a signature', () => {
    expect(sources.filter(path => path.startsWith('src/act/flows/') && text(path).includes('notBuilt'))).toEqual([]);
  });
});

describe('what must stay out', () => {
  const own = 'test/architecture.test.ts';
  const readable = tracked.filter(
    path =>
      path !== own && !/\.(wasm|png|ico|gz|zip|db|sqlite3?)$/.test(path) && statSync(join(root, path)).size < 1_000_000,
  );

  it('names no registry outside lock files', () => {
    const hosts = /registry\.npmjs\.org|registry\.yarnpkg\.com|\bpypi\.org|files\.pythonhosted\.org/;
    const isLock = (path: string): boolean =>
      /(package-lock\.json|uv\.lock|poetry\.lock|Pipfile\.lock|Pipfile)$/.test(path);
    expect(readable.filter(path => !isLock(path) && hosts.test(text(path)))).toEqual([]);
  });

  it('names no path of the machine that it was written on', () => {
    const paths = /(?<![\w.])\/(work\/(main|shared)|root\/|home\/\w+\/\.pyenv)/;
    expect(readable.filter(path => paths.test(text(path)))).toEqual([]);
  });

  it('bundles what it needs: the published package depends on nothing', () => {
    expect(JSON.parse(text('package.json')).dependencies).toBeUndefined();
  });

  it('installs only packages that admit Node 20.19', () => {
    const lock: { packages: Record<string, { engines?: { node?: string }; optional?: boolean }> } = JSON.parse(
      text('package-lock.json'),
    );
    const refusing = Object.entries(lock.packages)
      .filter(([path, each]) => path !== '' && !each.optional && !admits(each.engines?.node ?? '*', '20.19.0'))
      .map(([path, each]) => `${path}: ${each.engines?.node}`);
    expect(refusing).toEqual([]);
  });
});

/** Whether an npm range (alternatives of `>=`, `^`, `~`, exact or `*`) admits a version. */
function admits(range: string, version: string): boolean {
  return range.split('||').some(part =>
    part
      .trim()
      .replaceAll(/(>=?|<=?|\^|~)\s+/g, '$1')
      .split(/\s+/)
      .filter(word => word !== '')
      .every(word => admitsWord(word.replace(/^=?v/, ''), version)),
  );
}

function admitsWord(word: string, version: string): boolean {
  const bare = word.replace(/^[\^~]/, '').replaceAll(/\.[x*]/g, '');
  if (bare === '' || bare === '*' || bare === 'x') return true;
  if (/^[<>]/.test(word)) return satisfies(version, word);
  if (word.startsWith('^')) return satisfies(version, `>=${bare},==${bare.split('.')[0]}.*`);
  if (word.startsWith('~')) return satisfies(version, `>=${bare},==${bare.split('.').slice(0, 2).join('.')}.*`);
  return satisfies(version, bare.split('.').length === 3 ? `==${bare}` : `==${bare}.*`);
}

describe('the range reader of this test', () => {
  it.each([
    ['>=18', true],
    ['^22.12.0 || >=24', false],
    ['^20.19.0 || >=22.12.0', true],
    ['^18.0.0 || ^20.0.0', true],
    ['20 || >=22', true],
    ['>= 20.20', false],
    ['18.x', false],
    ['*', true],
    ['>=14 <21', true],
  ])('%s', (range, wanted) => {
    expect(admits(range, '20.19.0')).toBe(wanted);
  });
});
