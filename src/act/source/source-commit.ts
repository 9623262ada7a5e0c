import { copyFile, mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { git, gitAnswer, withoutFilters } from './git.ts';
import type { Repository, UserRepository } from './scratch-repository.ts';

/** The person's commit, and how the folder stands to it. */
export interface Chosen {
  readonly commit: string;
  readonly tree: string;
  readonly subject: string;
  readonly ref: string | null;
  readonly committedAt: number;
  readonly shallow: boolean;
  /** Whether the folder holds nothing but the commit. */
  readonly clean: boolean;
  /** The person's index: it knows which files are as they were. */
  readonly index: string;
}

/** The user's commit: REF, or HEAD; undefined in a repository without commits. `except`: a folder that is no source. */
export async function chosenCommit(
  user: UserRepository,
  { ref, except }: { readonly ref: string | undefined; readonly except: string | undefined },
): Promise<Chosen | undefined> {
  const { top, shallow } = user;
  const paths = except === undefined ? [] : ['--', `:(top,exclude,literal)${except}`];
  const [line, status] = await Promise.all([
    gitAnswer(['-C', top, 'log', '-1', '--format=%H%n%T%n%ct%n%s', `${ref ?? 'HEAD'}^{commit}`, '--']),
    ref === undefined ? statusOf(user, paths) : '',
  ]);
  if (line === undefined) return undefined;

  const [commit = '', tree = '', time = '0', ...subject] = line.split('\n');
  const branch = /^# branch\.head (?!\(detached\))(.+)$/m.exec(status)?.[1];
  return {
    commit,
    tree,
    subject: subject.join('\n'),
    ref: ref ?? branch ?? null,
    committedAt: Number(time),
    shallow,
    clean: !/^[^#]/m.test(status),
    index: user.index,
  };
}

async function statusOf(user: UserRepository, paths: readonly string[]): Promise<string> {
  const quietly = await withoutFilters(user);
  return git([...quietly, '-C', user.top, 'status', '--porcelain=v2', '--branch', '--ignore-submodules=all', ...paths]);
}

/** What `git describe` says of a commit, as a version for setuptools-scm and pbr; null without tags. */
export async function describedVersion(top: string, commit: string): Promise<string | null> {
  const describe = await gitAnswer(['-C', top, 'describe', '--tags', '--match', '*[0-9]*', commit]);
  return describe === undefined ? null : publicVersion(describe);
}

/** "v1.2-3-gabc" → "1.2.post3+gabc": what setuptools-scm and pbr accept. */
function publicVersion(describe: string): string | null {
  const match = /(\d[\w.]*?)(?:-(\d+)-(g[0-9a-f]+))?$/.exec(describe);
  if (match === null) return null;

  return match[2] === undefined ? (match[1] ?? null) : `${match[1]}.post${match[2]}+${match[3]}`;
}

/** A tree in the scratch repository. */
export interface Tree {
  readonly id: string;
  readonly dirty: boolean;
}

/** The tree to release: the commit's own where the folder is clean, else what lies in the folder now. */
export async function workTree(
  repository: Repository,
  { work, chosen, ref }: { work: string; chosen: Chosen | undefined; ref: string | undefined },
): Promise<Tree> {
  const inWork = [...repository.words, `--work-tree=${work}`];

  if (chosen !== undefined && ref !== undefined) {
    await mkdir(work, { recursive: true });
    await git([...inWork, 'read-tree', chosen.tree]);
    await git([...inWork, 'checkout-index', '--all', '--force'], { cwd: work });
    return { id: chosen.tree, dirty: false };
  }

  if (chosen?.clean === true) return { id: chosen.tree, dirty: false };

  if (chosen !== undefined) await seedIndex(repository, chosen);
  await git([...inWork, 'add', '--all', '.'], { cwd: work });
  const id = await git([...inWork, 'write-tree'], { cwd: work });

  return { id, dirty: chosen !== undefined && id !== chosen.tree };
}

/** A copy of the person's index spares git the hashing of every file; one that can't stand alone is read anew. */
async function seedIndex(repository: Repository, { index, tree }: Chosen): Promise<void> {
  const own = `${repository.gitDir}/index`;
  await copyIndex(index, own).catch(() => {});
  // A split index keeps most of itself in another file beside it, which is not here.
  const usable = await readFile(own).then(
    bytes => !bytes.includes('link\0'),
    () => false,
  );
  if (usable) return;

  await rm(own, { force: true });
  await git([...repository.words, 'read-tree', tree]);
}

/** With its time: git trusts an entry only if the file is older than the index (its "racy git" rule). */
async function copyIndex(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from);
  await copyFile(from, to);
  await utimes(to, atime, new Date(mtime.getTime() - 1));
}

/** The commit that will be deployed, and what is known of the person's own. */
export interface CommitFacts {
  readonly commit: string;
  /** The person's commit; null without git. */
  readonly original: string | null;
  readonly subject: string | null;
  readonly ref: string | null;
  /** Epoch seconds of the person's commit. */
  readonly committedAt: number | null;
}

/** A clean, full clone keeps its commit; anything else gets one of ours on the target's newest, with fixed dates. */
export async function commitOf(
  repository: Repository,
  { tree, chosen, base }: { tree: Tree; chosen: Chosen | undefined; base: string | null },
): Promise<CommitFacts> {
  const facts = {
    original: chosen?.commit ?? null,
    subject: chosen?.subject ?? null,
    ref: chosen?.ref ?? null,
    committedAt: chosen?.committedAt ?? null,
  };
  if (chosen !== undefined && !tree.dirty && tree.id === chosen.tree && !chosen.shallow)
    return { commit: chosen.commit, ...facts };

  const baseTree =
    base === null ? undefined : await gitAnswer([...repository.words, 'rev-parse', '--verify', '-q', `${base}^{tree}`]);
  if (base !== null && baseTree === tree.id) return { commit: base, ...facts };

  const parent = base !== null && baseTree !== undefined ? ['-p', base] : [];
  const message =
    chosen === undefined ? 'A folder without git' : `${chosen.commit}${tree.dirty ? ' with uncommitted changes' : ''}`;
  const date = `@${chosen?.committedAt ?? 0} +0000`;
  const commit = await git([...repository.words, 'commit-tree', tree.id, ...parent, '-m', message], {
    env: {
      GIT_AUTHOR_NAME: 'decant',
      GIT_AUTHOR_EMAIL: 'decant@localhost',
      GIT_COMMITTER_NAME: 'decant',
      GIT_COMMITTER_EMAIL: 'decant@localhost',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  });

  return { commit, ...facts };
}
