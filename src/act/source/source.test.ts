import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { gatherSource, packedSource } from './source.ts';

const scratch = mkdtempSync(join(tmpdir(), 'decant-source-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = '';
let count = 0;
const git = (...words: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
    encoding: 'utf8',
  }).trim();
const gather = async (
  options: { home?: string; ref?: string; base?: string; repository?: string; folder?: string } = {},
) => {
  const asked = {
    folder: options.folder ?? folder,
    home: options.home ?? join(scratch, 'home'),
    ref: options.ref,
    repository: options.repository ?? null,
    base: options.base ?? null,
  };
  const source = await packedSource(await gatherSource(asked), asked);
  const bundle = await source.bundle();
  const ignored = await source.ignored();
  const text = (path: string) => readFileSync(join(source.folder, path), 'utf8');
  const texts = Object.fromEntries(source.paths.map(path => [path, text(path)]));
  await source.remove();
  return { ...source, bundleBytes: bundle, ignoredList: ignored, texts };
};
const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeEach(() => {
  count += 1;
  folder = join(scratch, `repository-${count}`);
  mkdirSync(folder);
});

describe('a folder without git', () => {
  it('is one commit, the same each time, without caches and environments', async () => {
    put('app.py', 'x');
    put('__pycache__/app.pyc', 'x');
    put('.venv/bin/python', 'x');
    const [one, two] = [await gather(), await gather()];

    expect(one.paths).toEqual(['app.py']);
    expect(one.commit).toBe(two.commit);
    expect(one).toMatchObject({ original: null, dirty: false, subFolder: '.' });
    expect(readdirSync(folder)).not.toContain('.git');
  });

  it("leaves out decant's own state, and refuses to be it", async () => {
    put('app.py', 'x');
    put('state [of] #1/apps/app.json', '{}');
    put('state [of] #2/kept', 'x');
    const home = join(folder, 'state [of] #1');
    expect((await gather({ home })).paths).toEqual(['app.py', 'state [of] #2/kept']);
    await expect(gather({ home: folder })).rejects.toMatchObject({ exit: 3, trouble: { code: 'home-is-source' } });
  });

  it('leaves out what .decantignore names', async () => {
    put('app.py', 'x');
    put('notes.txt', 'x');
    put('.decantignore', 'notes.txt\n');
    expect((await gather()).paths).toEqual(['.decantignore', 'app.py']);
  });
});

describe('a repository', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    put('app.py', 'one');
    put('.gitignore', 'instance/\n');
    put('instance/dev.db', 'data');
    git('add', '-A');
    git('commit', '-qm', 'First');
  });

  it('keeps its commit when it is clean, and is not written', async () => {
    const before = readdirSync(join(folder, '.git/objects'));
    const source = await gather();

    expect(source).toMatchObject({
      commit: git('rev-parse', 'HEAD'),
      original: git('rev-parse', 'HEAD'),
      subject: 'First',
      ref: 'main',
      dirty: false,
    });
    expect(source.ignoredList).toEqual(['instance/']);
    expect(readdirSync(join(folder, '.git/objects'))).toEqual(before);
  });

  it("is not made dirty by decant's own state inside of it", async () => {
    put('.state/apps/app.json', '{}');
    const home = join(folder, '.state');
    expect(await gather({ home })).toMatchObject({ commit: git('rev-parse', 'HEAD'), dirty: false });

    put('new.py', 'x');
    expect(await gather({ home })).toMatchObject({ dirty: true, paths: ['.gitignore', 'app.py', 'new.py'] });
  });

  it('is read as it lies in the folder when it is dirty: changed, new and deleted files', async () => {
    put('app.py', 'two');
    put('new.py', 'new');
    put('gone.py', 'gone');
    git('add', 'gone.py');
    rmSync(join(folder, 'gone.py'));
    const objects = readdirSync(join(folder, '.git/objects')).sort();
    const source = await gather();

    expect(source).toMatchObject({
      dirty: true,
      original: git('rev-parse', 'HEAD'),
      paths: ['.gitignore', 'app.py', 'new.py'],
    });
    expect(source.texts['app.py']).toBe('two');
    expect(source.commit).not.toBe(source.original);
    expect(readdirSync(join(folder, '.git/objects')).sort()).toEqual(objects);
    expect(git('status', '--porcelain').split('\n')).toContain('?? new.py');
  });

  it('is read at a REF without touching the folder', async () => {
    put('app.py', 'two');
    const source = await gather({ ref: 'main' });

    expect(source.texts['app.py']).toBe('one');
    expect(source).toMatchObject({ dirty: false, commit: git('rev-parse', 'main') });
    expect(readFileSync(join(folder, 'app.py'), 'utf8')).toBe('two');
  });

  it('refuses a REF that is none', async () => {
    await expect(gather({ ref: 'nowhere' })).rejects.toMatchObject({ exit: 2, trouble: { code: 'unknown-ref' } });
    await expect(gather({ ref: '--output=x' })).rejects.toMatchObject({ exit: 2 });
  });

  it('is deployed whole from a sub-folder', async () => {
    put('backend/app.py', 'x');
    git('add', '-A');
    git('commit', '-qm', 'Second');
    expect(await gather({ folder: join(folder, 'backend') })).toMatchObject({
      subFolder: 'backend',
      paths: ['.gitignore', 'app.py', 'backend/app.py'],
    });
  });

  it('sends only what a repository of ours lacks, and nothing when it has the commit', async () => {
    const ours = join(scratch, `ours-${count}`);
    execFileSync('git', ['clone', '-q', '--bare', folder, ours]);
    const base = git('rev-parse', 'HEAD');
    expect((await gather({ repository: ours, base })).bundleBytes).toBeNull();

    put('app.py', 'two');
    const source = await gather({ repository: ours, base });
    writeFileSync(join(scratch, 'bundle'), source.bundleBytes ?? '');
    execFileSync('git', [
      `--git-dir=${ours}`,
      'fetch',
      '-q',
      join(scratch, 'bundle'),
      'refs/decant/incoming:refs/decant/v2',
    ]);
    expect(execFileSync('git', [`--git-dir=${ours}`, 'show', `${source.commit}:app.py`], { encoding: 'utf8' })).toBe(
      'two',
    );
    expect((await gather({ repository: ours, base: source.commit })).commit).toBe(source.commit);
  });

  it('is read with a split index, in a worktree, and with strange file names', async () => {
    put('naïve "quoted".py', 'x');
    git('add', '-A');
    git('commit', '-qm', 'Strange');
    git('update-index', '--split-index');
    git('worktree', 'add', '-q', join(scratch, `tree-${count}`), '-b', 'side');
    put('app.py', 'split');
    writeFileSync(join(scratch, `tree-${count}`, 'app.py'), 'side');

    expect((await gather()).texts).toMatchObject({ 'app.py': 'split', 'naïve "quoted".py': 'x' });
    expect((await gather({ folder: join(scratch, `tree-${count}`) })).texts).toMatchObject({ 'app.py': 'side' });
  });
});

describe('a shallow clone', () => {
  it('gets a commit of ours, because nobody could fetch its own', async () => {
    git('init', '-q', '-b', 'main');
    put('app.py', 'one');
    git('add', '-A');
    git('commit', '-qm', 'First');
    put('app.py', 'two');
    git('commit', '-qam', 'Second');
    const clone = join(scratch, `shallow-${count}`);
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${folder}`, clone]);
    const source = await gather({ folder: clone });

    expect(source.original).toBe(git('rev-parse', 'HEAD'));
    expect(source.commit).not.toBe(source.original);
    expect(source.bundleBytes?.length).toBeGreaterThan(0);
  });
});

describe('a repository whose history lacks objects', () => {
  it.each(['a partial clone', 'a damaged one'])('%s is released without it', async kind => {
    git('init', '-q', '-b', 'main');
    git('config', 'uploadpack.allowFilter', 'true');
    put('app.py', 'one');
    git('add', '-A');
    git('commit', '-qm', 'First');
    const old = git('rev-parse', 'HEAD:app.py');
    put('app.py', 'two');
    git('commit', '-qam', 'Second');
    const clone = join(scratch, `partial-${count}`);
    if (kind === 'a partial clone')
      execFileSync('git', ['clone', '-q', '--filter=blob:none', `file://${folder}`, clone]);
    else rmSync(join(folder, '.git/objects', old.slice(0, 2), old.slice(2)));
    const source = await gather({ folder: kind === 'a partial clone' ? clone : folder });

    expect(source.original).toBe(git('rev-parse', 'HEAD'));
    expect(source.commit).not.toBe(source.original);
    expect(source.texts).toEqual({ 'app.py': 'two' });
    expect(source.bundleBytes?.length).toBeGreaterThan(0);
  });
});

describe("a repository's own settings", () => {
  it('run no program, and hide nothing', async () => {
    git('init', '-q', '-b', 'main');
    put('app.py', 'x');
    put('.gitattributes', '*.py filter=own\n');
    git('add', '-A');
    git('commit', '-qm', 'First');
    const ran = join(scratch, `ran-${count}`);
    const program = join(scratch, `program-${count}`);
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\ncat\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', program);
    git('config', 'filter.own.clean', program);
    git('config', 'log.showSignature', 'true');
    git('config', 'gpg.program', program);
    git('config', 'status.showUntrackedFiles', 'no');
    put('app.py', 'y');
    put('Procfile', 'worker: python app.py\n');
    const source = await gather();

    expect(existsSync(ran)).toBe(false);
    expect(source).toMatchObject({ dirty: true, paths: ['.gitattributes', 'Procfile', 'app.py'] });
  });
});
