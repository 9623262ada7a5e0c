import { execFileSync } from 'node:child_process';

/** Runs git in a folder as somebody, whatever this machine's git is set to; its answer, trimmed. */
export function git(folder: string, ...words: readonly string[]): string {
  const who = ['-c', 'user.name=Ana', '-c', 'user.email=ana@localhost', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', folder, ...who, ...words], { encoding: 'utf8' }).trim();
}

/** Makes a folder a repository with one commit of all that it holds; the commit. */
export function committed(folder: string): string {
  git(folder, 'init', '--quiet');
  return commitAll(folder, 'First commit');
}

export function commitAll(folder: string, subject: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', subject);
  return git(folder, 'rev-parse', 'HEAD');
}
