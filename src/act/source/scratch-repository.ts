import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitAnswer } from './git.ts';

/** A bare repository in a temporary folder. */
export interface Repository {
  /** git's words that choose it. */
  readonly words: readonly string[];
  readonly gitDir: string;
}

/** The person's repository around a folder. */
export interface UserRepository {
  readonly top: string;
  readonly gitDir: string;
  /** The index of this work tree. */
  readonly index: string;
  readonly shallow: boolean;
}

/** undefined for a folder without git. */
export async function userRepository(folder: string): Promise<UserRepository | undefined> {
  const words = [
    '--path-format=absolute',
    '--show-toplevel',
    '--git-common-dir',
    '--git-path',
    'index',
    '--is-shallow-repository',
  ];
  const [top, gitDir, index, shallow] = (await gitAnswer(['-C', folder, 'rev-parse', ...words]))?.split('\n') ?? [];

  return top === undefined || gitDir === undefined || index === undefined
    ? undefined
    : { top, gitDir, index, shallow: shallow === 'true' };
}

/** A repository of our own that sees the objects of the others: nothing is ever written to the person's. */
export async function scratchRepository(
  scratch: string,
  {
    folder,
    user,
    decants,
    except,
  }: {
    readonly folder: string;
    readonly user: UserRepository | undefined;
    readonly decants: string | null;
    /** A folder that is no source, relative to the top. */
    readonly except: string | undefined;
  },
): Promise<Repository> {
  const gitDir = join(scratch, 'git');
  const stores = [user?.gitDir, decants].filter(dir => typeof dir === 'string' && existsSync(join(dir, 'objects')));
  const write = (name: string, text: string) => writeFile(join(gitDir, name), text);

  await Promise.all(['objects/info', 'refs', 'info'].map(name => mkdir(join(gitDir, name), { recursive: true })));
  await Promise.all([
    write('HEAD', 'ref: refs/heads/main\n'),
    write('config', '[core]\n\trepositoryformatversion = 0\n\tbare = true\n'),
    write('objects/info/alternates', stores.map(dir => `${dir}/objects\n`).join('')),
    write('info/attributes', '* -text -filter -ident -working-tree-encoding\n'),
    write('info/exclude', await excludes(user?.top ?? folder, user?.gitDir, except)),
  ]);

  return { gitDir, words: [`--git-dir=${gitDir}`] };
}

/** The user's own excludes, `.decantignore`, and what is never part of a release. */
async function excludes(folder: string, common: string | undefined, except: string | undefined): Promise<string> {
  const texts = [common === undefined ? undefined : join(common, 'info/exclude'), join(folder, '.decantignore')]
    .filter(path => path !== undefined)
    .map(path => readFile(path, 'utf8').catch(() => ''));

  return [
    ...(await Promise.all(texts)),
    except === undefined ? '' : `/${except.replaceAll(/[\\*?[\]!# ]/g, '\\$&')}/`,
    '__pycache__/\n*.pyc\n.venv/\nvenv/\nnode_modules/\n.git\n.tox/\n.mypy_cache/\n.pytest_cache/\n',
  ].join('\n');
}

/** Every file of a tree, sorted; submodules are none. */
export async function filesOf(repository: Repository, tree: string): Promise<string[]> {
  const listing = await git([...repository.words, 'ls-tree', '-r', '-z', tree]);

  return listing
    .split('\0')
    .filter(line => line !== '' && !line.startsWith('160000'))
    .map(line => line.slice(line.indexOf('\t') + 1))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Paths of a folder that git ignores, folders with a slash at the end. */
export async function ignoredPaths(repository: Repository, work: string): Promise<string[]> {
  const listing = await gitAnswer(
    [...repository.words, `--work-tree=${work}`, 'ls-files', '-o', '-i', '--exclude-standard', '--directory', '-z'],
    { cwd: work },
  );
  return (listing ?? '').split('\0').filter(path => path !== '');
}
