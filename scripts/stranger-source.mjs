import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Clones a stranger at its pinned commit from a folder of clones or bare repositories called OWNER+NAME, else from GitHub; null where that fails. */
export function cloned({ repo, commit }, folder, from) {
  const near = from === undefined ? undefined : join(resolve(from), repo.replace('/', '+'));
  const inside = near !== undefined && existsSync(near) ? readdirSync(near).map(name => join(near, name)) : [];
  const source = [near, ...inside].find(isRepository) ?? `https://github.com/${repo}`;
  const clone = spawnSync('git', ['clone', '--quiet', source, folder]);
  if (clone.status !== 0) return null;

  return commit === undefined || spawnSync('git', ['-C', folder, 'checkout', '--quiet', commit]).status === 0
    ? folder
    : null;
}

function isRepository(path) {
  return path !== undefined && (existsSync(join(path, 'HEAD')) || existsSync(join(path, '.git')));
}
