import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The programs that an app's folder holds: the runner and the front, named by their hashes. */
export interface Assets {
  readonly runner: string;
  readonly front: string;
}

/** Where they belong below an app's folder, without writing them. */
export function assetPaths(assets: string, root: string): Assets {
  return {
    runner: join(root, 'runner', `${hashOf(join(assets, 'runner.pyz'))}.pyz`),
    front: join(root, 'front', `${hashOf(join(assets, 'front.mjs'))}.mjs`),
  };
}

/** Puts them there, where they are not yet. */
export async function installAssets(assets: string, root: string): Promise<Assets> {
  const paths = assetPaths(assets, root);
  await Promise.all([
    install(join(assets, 'runner.pyz'), paths.runner),
    install(join(assets, 'front.mjs'), paths.front),
  ]);

  return paths;
}

async function install(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;

  await mkdir(join(to, '..'), { recursive: true, mode: 0o700 });
  await writeFile(`${to}.${process.pid}`, readFileSync(from));
  await rename(`${to}.${process.pid}`, to);
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
