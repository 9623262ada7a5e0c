import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DecantError, exitCodes } from '../../base/errors.ts';
import type { Context } from '../context.ts';
import { git, gitAnswer } from './git.ts';
import { gitLogin, isWeb } from './git-login.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Where a source can be read on this machine. */
export interface SourcePlace {
  /** What identifies it: an absolute folder, or the URL as given. */
  readonly identity: string;
  readonly folder: string;
  readonly ref: string | undefined;
  /** Removes what was only for this reading. */
  remove(): Promise<void>;
}

/** An argument with a scheme or in scp form is a URL, else an existing folder (design.md §5). */
export function isGitUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:[^\\]/.test(text);
}

/** The folder to read: the person's own, or a clone that is brought up to date. `keeps`: the next command finds it. */
export async function sourcePlace(
  context: Context,
  source: string | undefined,
  { ref, keeps }: { readonly ref: string | undefined; readonly keeps: boolean },
): Promise<SourcePlace> {
  if (source !== undefined && isGitUrl(source)) return cloned(context, source, { ref, keeps });

  const folder = resolve(context.cwd, source ?? '.');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw noFolder(source ?? '.', folder);
  if (isBareRepository(folder)) return cloned(context, folder, { ref, keeps });
  return { identity: folder, folder, ref, remove: async () => {} };
}

function isBareRepository(folder: string): boolean {
  return existsSync(join(folder, 'HEAD')) && existsSync(join(folder, 'objects')) && existsSync(join(folder, 'refs'));
}

async function cloned(
  context: Context,
  url: string,
  { ref, keeps }: { readonly ref: string | undefined; readonly keeps: boolean },
): Promise<SourcePlace> {
  const kept = join(context.home, 'cache/clones', createHash('sha256').update(url).digest('hex').slice(0, 16));
  const folder = keeps ? kept : await makeScratchFolder('clone');
  const remove = () => (keeps ? Promise.resolve() : rm(folder, { recursive: true, force: true }));
  const login = await gitLogin(url);
  const words = [...patience, ...login.words];
  // ssh asks for the passphrase of a key, and whether a host is known, on the terminal.
  const options = { signal: context.signal, asks: context.input && !isWeb(url) };
  // Aside first: a clone that was cut off must not be taken for one.
  const aside = `${folder}.${process.pid}`;

  try {
    if (keeps && existsSync(folder)) {
      // An older decant wrote the password there.
      if (login.url !== url) await git(['-C', folder, 'remote', 'set-url', 'origin', login.url]);
      await git([...words, '-C', folder, 'fetch', '--quiet', '--tags', '--force', '--prune', 'origin'], options);
    } else {
      await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
      // Where there is none, git says so, and its words would be taken for the reason of a refusal.
      const borrowed = existsSync(kept) ? ['--reference-if-able', kept] : [];
      await git([...words, 'clone', '--quiet', '--no-checkout', ...borrowed, '--', login.url, aside], options);
      if (!keeps) await rm(folder, { recursive: true, force: true });
      await rename(aside, folder);
    }
    await gitAnswer([...words, '-C', folder, 'remote', 'set-head', 'origin', '--auto'], options);
    return { identity: url, folder, ref: await fetchedRef(folder, ref), remove };
  } catch (error) {
    await Promise.all([remove(), rm(aside, { recursive: true, force: true })]);
    throw error;
  } finally {
    await login.remove();
  }
}

/** A server that sends nothing for a minute won't. */
const patience = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=60'];

/** A branch as the remote has it now, before anything older of the same name here. */
async function fetchedRef(folder: string, ref: string | undefined): Promise<string> {
  const remote = ref === undefined ? 'origin/HEAD' : `origin/${ref}`;
  const known = await gitAnswer(['-C', folder, 'rev-parse', '--verify', '-q', `${remote}^{commit}`]);

  return known === undefined ? (ref ?? 'HEAD') : remote;
}

function noFolder(given: string, folder: string): DecantError {
  return new DecantError(exitCodes.usage, {
    code: 'no-folder',
    what: `${given} is neither a folder nor a git URL.`,
    evidence: [`${folder} does not exist`],
    state: 'Nothing was changed.',
    next: ['decant up DIR', 'decant up https://HOST/OWNER/NAME.git'],
  });
}
