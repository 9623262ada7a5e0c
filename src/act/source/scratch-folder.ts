import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process that is not seen here may live in a container that shares the folder: none works that long. */
const staleSeconds = 3600;

/** A temporary folder that names its process: what a killed one left behind is removed on the way. */
export async function makeScratchFolder(kind: 'source' | 'clone' | 'login', now = Date.now() / 1000): Promise<string> {
  await removeStale(now);
  return mkdtemp(join(tmpdir(), `decant-${kind}-${process.pid}-`));
}

async function removeStale(now: number): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const owned = names.flatMap(name => {
    const [, pid] = /^decant-(?:source|clone|login)-(\d+)-/.exec(name) ?? [];
    return pid === undefined || isAlive(Number(pid)) ? [] : [join(tmpdir(), name)];
  });

  for (const folder of owned) {
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined || found.uid !== process.getuid?.() || now - found.mtimeMs / 1000 < staleSeconds) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
