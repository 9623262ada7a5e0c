import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import type { Manifest } from '../../model/release.ts';

/** A release as the front sees it. Paths are relative to the app's root, which is the working directory. */
export interface ServedRelease {
  readonly version: string;
  /** Relative, because a socket's path must stay below 104 bytes. */
  readonly socket: string;
}

/** `url` ends in a slash; `folder` is a real path. */
export interface StaticPair {
  readonly url: string;
  readonly folder: string;
}

const seen = new Map<string, ServedRelease>();
const pairs = new Map<string, readonly StaticPair[]>();

/** The release that a link names, read anew at each call: the link is the switch. */
export function linkedRelease(link: 'live' | 'previous'): ServedRelease | null {
  const target = linkTarget(link);
  if (target === null) return null;

  return seen.get(target) ?? remembered(target);
}

/** What a release's manifest gives the front to serve, longest address first. Read once: a release never changes. */
export function staticPairs(release: ServedRelease): readonly StaticPair[] {
  const known = pairs.get(release.version);
  if (known !== undefined) return known;

  const read = manifestPairs(`releases/${release.version}`);
  if (read === null) return [];

  pairs.set(release.version, read);
  return read;
}

function linkTarget(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function remembered(target: string): ServedRelease | null {
  const version = /^(?:\.\/)?releases\/(v\d+)\/?$/.exec(target)?.[1];
  if (version === undefined) return null;

  const release = { version, socket: `releases/${version}/sock` };
  seen.set(target, release);
  return release;
}

function manifestPairs(folder: string): readonly StaticPair[] | null {
  try {
    const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as Pick<Manifest, 'static'>;
    return manifest.static
      .flatMap(({ url, path }) => realPair(url, `${folder}/${path}`))
      .sort((a, b) => b.url.length - a.url.length);
  } catch {
    return null;
  }
}

function realPair(url: string, folder: string): StaticPair[] {
  try {
    return [{ url: url.endsWith('/') ? url : `${url}/`, folder: realpathSync.native(folder) }];
  } catch {
    return [];
  }
}
