import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pastedWord } from '../../base/words.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** How git reaches a repository whose address holds a password, without the password in an argv or in a clone's settings. */
export interface GitLogin {
  /** The address without user and password. */
  readonly url: string;
  /** git's words before its command. */
  readonly words: readonly string[];
  remove(): Promise<void>;
}

/**
 * The login of a web address lies in a file that only this user can read, while git works: every user of a machine sees
 * the arguments of all processes. Other addresses are as they are.
 */
export async function gitLogin(text: string): Promise<GitLogin> {
  const login = webLogin(text);
  if (login === undefined) return { url: text, words: [], remove: async () => {} };

  const folder = await makeScratchFolder('login');
  const file = join(folder, 'login');
  await writeFile(file, `${login.line}\n`, { mode: 0o600 });
  return {
    url: login.url,
    // The empty one takes the person's own helpers away: none of them is to learn this password.
    words: ['-c', 'credential.helper=', '-c', `credential.helper=store --file=${pastedWord(file)}`],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** git's store knows only logins with a user and a password, one on a line. */
function webLogin(text: string): { readonly url: string; readonly line: string } | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;

  const url = new URL(text);
  const { username, password, protocol, host } = url;
  if (username === '' || password === '') return undefined;

  url.username = '';
  url.password = '';
  return { url: url.href, line: `${protocol}//${username}:${password}@${host}` };
}
