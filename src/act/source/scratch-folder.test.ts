import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeScratchFolder } from './scratch-folder.ts';

describe('makeScratchFolder', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'decant-test-'));
    vi.stubEnv('TMPDIR', folder);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('removes what a killed process left behind, an hour later, and nothing else', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const others = [`decant-source-${process.pid}-live`, 'decant-source-abc', `other-${dead}-x`];
    for (const name of [`decant-source-${dead}-a`, `decant-clone-${dead}-b.${dead}`, ...others])
      mkdirSync(join(folder, name, 'git'), { recursive: true });

    const first = await makeScratchFolder('source');
    expect(readdirSync(folder)).toContain(`decant-source-${dead}-a`);
    const second = await makeScratchFolder('clone', Date.now() / 1000 + 3700);
    const made = [first, second].map(path => path.slice(folder.length + 1));
    expect(readdirSync(folder).sort()).toEqual([...others, ...made].sort());
    expect(made[1]).toMatch(new RegExp(`^decant-clone-${process.pid}-`));
  });
});
