import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pastedWord } from '../../base/words.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** How git reaches a repository whose address holds a login, without the login in an argv or in a clone's settings. */
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
 *
 * A user without a password may be a token, or a name whose password the person's own helpers know: they are asked
 * first, and the user with an empty password is the answer when they have none.
 */
export async function gitLogin(text: string): Promise<GitLogin> {
  const login = webLogin(text);
  if (login === undefined) return { url: text, words: [], remove: async () => {} };

  const folder = await makeScratchFolder('login');
  const file = join(folder, 'login');
  const helper = join(folder, 'helper');
  await writeFile(file, `${login.line}\n`, { mode: 0o600 });
  if (login.isUserOnly) await writeFile(helper, askingHelper, { mode: 0o600 });
  return {
    url: login.url,
    // The empty one takes the person's own helpers away: none of them is to learn this password.
    words: [
      '-c',
      'credential.helper=',
      '-c',
      `credential.helper=${login.isUserOnly ? `!sh ${pastedWord(helper)}` : `store --file=${pastedWord(file)}`}`,
    ],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * What git's store has for this host is the answer where `git credential` finds no password for its user in the person's
 * own settings; for another host, where a server may send git, they are asked alone. They are told nothing.
 */
const askingHelper = `test "$1" = get || exit 0
asked=$(cat)
own=$(printf '%s\\n\\n' "$asked" | git credential-store --file="\${0%/*}/login" get)
unset GIT_CONFIG_PARAMETERS
{ printf '%s\\n' "$asked"; printf '%s\\n' "$own" | grep ^username=; } | git credential fill 2>/dev/null || printf '%s\\n' "$own"
`;

/** Whether git speaks HTTP with this address: it asks nothing on the terminal then. */
export function isWeb(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

interface WebLogin {
  readonly url: string;
  /** One line of git's store, which wants a user and a password, though they may be empty. */
  readonly line: string;
  readonly isUserOnly: boolean;
}

function webLogin(text: string): WebLogin | undefined {
  if (!isWeb(text) || !URL.canParse(text)) return undefined;

  const url = new URL(text);
  const { username, password, protocol, host } = url;
  if (username === '' && password === '') return undefined;

  url.username = '';
  url.password = '';
  return { url: url.href, line: `${protocol}//${username}:${password}@${host}`, isUserOnly: password === '' };
}
