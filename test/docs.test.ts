import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../src/base/errors.ts';
import { shellWords } from '../src/base/words.ts';
import { all } from '../src/cli/commands/_all.gen.ts';
import { withHabits } from '../src/cli/habits.ts';
import { program } from '../src/cli/program.ts';
import { topics } from '../src/cli/topics.ts';
import { explicitSettings } from '../src/read/config/explicit.ts';

const root = join(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(path => /^(README|ARCHITECTURE|CONTRIBUTING|docs\/.+)(\.md)$/.test(path) && existsSync(join(root, path)));
const names = all.map(each => each.name);

interface CommandLine {
  readonly place: string;
  readonly line: string;
  /** In a sentence: a command may be named without its arguments. */
  readonly isMention: boolean;
}

/** Lines of `sh` blocks, and words between backticks, that begin with `decant`; variables before it and a pipe after it aside. */
function commandLines(path: string): CommandLine[] {
  let language: string | undefined;
  return text(path)
    .split('\n')
    .flatMap((line, at): CommandLine[] => {
      const fence = /^```(\w*)/.exec(line);
      if (fence !== null) {
        language = language === undefined ? (fence[1] ?? '') : undefined;
        return [];
      }
      const place = `${path}:${at + 1}`;
      if (language === 'sh') return shellLines(line).map(found => ({ place, line: found, isMention: false }));
      if (language !== undefined) return [];
      return [...line.matchAll(/`(decant [^`]+)`/g)].map(match => ({
        place,
        line: match[1] ?? '',
        isMention: true,
      }));
    });
}

function shellLines(line: string): string[] {
  const bare = line.replace(/\s#.*$/, '');
  return bare
    .split(/&&|\|\||[;|]|[<>]\(/)
    .map(part => part.trim().replace(/^(?:[A-Z_]+=\S+\s+)+/, ''))
    .map(part => part.replace(/\s*\d?>.*$/, '').replace(/\)$/, ''))
    .filter(part => part.startsWith('decant '));
}

/** The command line's own complaint; undefined when it can be read. What stands in brackets may be left out. */
function complaint(line: string): string | undefined {
  const words = (shellWords(line.replaceAll(/\[[^\]]*\]/g, '')) ?? []).slice(1);
  if (words[0] === 'completion') return undefined;
  try {
    program(
      all,
      '0.0.0',
      () => {},
      () => {},
    ).parse(withHabits(words, names), { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the documentation', () => {
  it('is there', () => {
    expect(files).toContain('README.md');
    expect(files).toContain('docs/start.md');
    expect(files.filter(path => path.startsWith('docs/guides/')).length).toBeGreaterThan(10);
  });

  it('names only commands, options and arguments that exist', () => {
    const lines = files.flatMap(commandLines);
    expect(lines.length).toBeGreaterThan(80);
    const wrong = lines.flatMap(({ place, line, isMention }) => {
      const said = complaint(line);
      return said === undefined || (isMention && /missing required argument/.test(said))
        ? []
        : [`${place}  ${line}  ${said}`];
    });
    expect(wrong).toEqual([]);
  });

  it('has links that lead somewhere', () => {
    const wrong = files.flatMap(path =>
      [...text(path).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(match => match[1] ?? '')
        .filter(target => !/^[a-z]+:/.test(target) && !leadsSomewhere(path, target))
        .map(target => `${path}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leads from each page to the next, and back', () => {
    const chain = ['docs/start.md'];
    for (let next = nextOf('docs/start.md'); next !== undefined && chain.length < 100; next = nextOf(next))
      chain.push(next);
    const pages = files.filter(path => /^docs\/(?!README|reference\/)/.test(path));
    expect([...chain].sort()).toEqual([...pages].sort());
    expect(chain.slice(1).map(path => linkNamed(path, 'Previous'))).toEqual(chain.slice(0, -1));
    expect(pages.filter(path => linkNamed(path, 'Top') !== 'docs/README.md')).toEqual([]);
    expect(pages.filter(path => !text('docs/README.md').includes(`](${posix.relative('docs', path)})`))).toEqual([]);
  });

  it('names every variable that decant reads', () => {
    const known = Object.values(explicitSettings).flatMap(({ variable }) => variable ?? []);
    expect(known.filter(name => !topics.environment?.text.includes(name))).toEqual([]);
  });
});

function leadsSomewhere(path: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const page = file === '' ? path : posix.join(dirname(path), file);
  if (!existsSync(join(root, page))) return false;
  return anchor === undefined || (statSync(join(root, page)).isFile() && anchors(page).includes(anchor));
}

/** As GitHub makes them of headings. */
function anchors(path: string): string[] {
  return [...text(path).matchAll(/^#+ (.+)$/gm)].map(match =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function linkNamed(path: string, name: string): string | undefined {
  const found = new RegExp(`\\[${name}(?::[^\\]]*)?\\]\\(([^)]+)\\)`).exec(text(path))?.[1];
  return found === undefined ? undefined : posix.join(dirname(path), found);
}

function nextOf(path: string): string | undefined {
  return linkNamed(path, 'Next');
}

describe('exit codes', () => {
  const ofThemAll = Object.values(exitCodes).map(String);
  const guide = /## Exit codes\n([\s\S]*?)\n## /.exec(text('docs/guides/when-it-fails.md'))?.[1] ?? '';

  it.each([
    ['the guide', guide],
    ['decant help exit-codes', topics['exit-codes']?.text ?? ''],
  ])('are all in %s', (_, words) => {
    expect(ofThemAll.filter(code => !new RegExp(`\\b${code}\\b`).test(words))).toEqual([]);
  });
});

describe('the reader of command lines', () => {
  it.each([
    ['decant up --prot 80', 'unknown option'],
    ['decant rolback', 'no command'],
    ['decant config lst', 'no command'],
    ['decant releases show', 'missing required argument'],
    ['decant autostart maybe', 'Allowed choices'],
  ])('refuses %s', (line, words) => {
    expect(complaint(line)).toContain(words);
  });

  it('sees commands in shell lines', () => {
    expect(shellLines('A=1 decant up --json > x.jsonl   # now')).toEqual(['decant up --json']);
    expect(shellLines('cd x && decant status | head')).toEqual(['decant status']);
  });
});
