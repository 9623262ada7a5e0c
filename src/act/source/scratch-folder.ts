import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process that is not seen here may live in a container that shares the folder: none works that long. */
const staleSeconds = 3600;

/** A temporary folder that names its process: what a killed one left behind is removed on the way. */
export async function makeScratchFolder(kind: 'source' | 'clone' | 'login', now = Date.now() / 1000): Promise<string> {
  await removeStale(now);
  const folder = await mkdtemp(join(tmpdir(), `decant-${kind}-${process.pid}-`));
  if (made.length === 0) process.on('exit', removeMade);
  made.push(folder);
  return folder;
}

const made: string[] = [];

/** An exit in the middle of the work (a second Ctrl-C) leaves nothing either. */
function removeMade(): void {
  for (const folder of made) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A program that still writes there; the next command removes it.
    }
  }
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
