import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { git } from './git.ts';
import { homeWithin } from './home-within.ts';
import { makeScratchFolder } from './scratch-folder.ts';
import {
  filesOf,
  ignoredPaths,
  type Repository,
  scratchRepository,
  type UserRepository,
  userRepository,
} from './scratch-repository.ts';
import { type CommitFacts, chosenCommit, commitOf, describedVersion, workTree } from './source-commit.ts';

/** A repository's state as one commit, ready to be read and to be sent. */
export interface GatheredSource extends CommitFacts {
  readonly dirty: boolean;
  /** A folder that holds the commit's files. */
  readonly folder: string;
  /** Every file of the commit. */
  readonly paths: readonly string[];
  /** The asked folder, relative to the repository's top: ".", or a sub-folder. */
  readonly subFolder: string;
  /** The git bundle, made at the first call, or null when decant's repository has the commit. */
  bundle(): Promise<Uint8Array | null>;
  /** What `git describe` says of the person's commit, as a version; null without tags. */
  describe(): Promise<string | null>;
  /** Paths that git ignores, folders with a slash at the end; only for a folder, not for a REF. */
  ignored(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export interface SourceRequest {
  /** A folder on this machine. */
  readonly folder: string;
  /** decant's own state, which is nobody's source wherever it lies. */
  readonly home: string;
  readonly ref: string | undefined;
  /** decant's own repository of this app, and the newest release's commit in it, where there is one; it may come late. */
  readonly repository: string | null;
  readonly base: Promise<string | null> | string | null;
  /** Whether the person's history is left behind, as that of a shallow clone is: the commit is one of ours then. */
  readonly leavesHistory?: boolean;
}

/** Everything that decant deploys becomes a commit, without a write to the user's repository (design.md §1). */
export async function gatherSource(request: SourceRequest): Promise<GatheredSource> {
  // git would read it as an option.
  if (request.ref?.startsWith('-') === true) throw unknownRef(request.folder, request.ref);

  const scratch = await makeScratchFolder('source');

  try {
    const user = await userRepository(request.folder);
    const top = user?.top;
    const except = homeWithin(request.home, top ?? request.folder);
    const [repository, chosen] = await Promise.all([
      scratchRepository(scratch, { folder: request.folder, user, decants: request.repository, except }),
      user === undefined ? undefined : chosenCommit(withHistory(user, request), { ref: request.ref, except }),
    ]);
    if (request.ref !== undefined && chosen === undefined) throw unknownRef(request.folder, request.ref);

    const work = request.ref === undefined ? (top ?? request.folder) : join(scratch, 'work');
    const tree = await workTree(repository, { work, chosen, ref: request.ref });
    const [commit, paths] = await Promise.all([
      Promise.resolve(request.base).then(base => commitOf(repository, { tree, chosen, base })),
      filesOf(repository, tree.id),
    ]);
    let bundling: Promise<Uint8Array | null> | undefined;

    return {
      ...commit,
      dirty: tree.dirty,
      folder: work,
      paths,
      subFolder: top === undefined ? '.' : relative(top, request.folder) || '.',
      bundle: () => (bundling ??= bundled(repository, scratch, request, commit.commit)),
      describe: async () =>
        user === undefined || chosen === undefined ? null : describedVersion(user.top, chosen.commit),
      ignored: async () => (request.ref === undefined ? ignoredPaths(repository, work) : []),
      remove: () => rm(scratch, { recursive: true, force: true }),
    };
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

/** The source itself, or another one beside it, to be removed like the first: a partial clone lacks old files and a damaged one anything: what lies in the newest tree can still be released. */
export async function packedSource(source: GatheredSource, request: SourceRequest): Promise<GatheredSource> {
  try {
    await source.bundle();
    return source;
  } catch (error) {
    if (!(error instanceof DecantError) || source.original !== source.commit) throw error;
    return gatherSource({ ...request, leavesHistory: true });
  }
}

function withHistory(user: UserRepository, { leavesHistory }: SourceRequest): UserRepository {
  return leavesHistory === true ? { ...user, shallow: true } : user;
}

/** The commit and what it needs beyond the newest release's, as git packs it for a wire. */
async function bundled(
  repository: Repository,
  scratch: string,
  request: SourceRequest,
  commit: string,
): Promise<Uint8Array | null> {
  const base = await request.base;
  const known =
    request.repository === null || !existsSync(request.repository)
      ? []
      : await knownCommits(request.repository, [commit, base]);
  if (known.includes(commit)) return null;

  const file = join(scratch, 'source.bundle');
  const reference = join(repository.gitDir, 'refs/decant/incoming');
  await mkdir(dirname(reference), { recursive: true });
  await writeFile(reference, `${commit}\n`);
  const prerequisite = base !== null && known.includes(base) ? [`^${base}`] : [];
  await git([...repository.words, 'bundle', 'create', '--quiet', file, 'refs/decant/incoming', ...prerequisite]);

  return readFile(file);
}

/** Those of the commits that a repository has. */
async function knownCommits(gitDir: string, commits: readonly (string | null)[]): Promise<string[]> {
  const input = commits.filter(commit => commit !== null).join('\n');
  const answer = await git([`--git-dir=${gitDir}`, 'cat-file', '--batch-check=%(objectname) %(objecttype)'], { input });

  return answer.split('\n').flatMap(line => (line.endsWith(' commit') ? [line.split(' ')[0] ?? ''] : []));
}

function unknownRef(folder: string, ref: string): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'unknown-ref',
    what: `${ref} is no branch, tag or commit of this repository.`,
    evidence: [`git rev-parse ${ref} failed in ${folder}`],
    state: 'Nothing was changed.',
    next: ['git branch -a', 'git tag'],
  });
}
