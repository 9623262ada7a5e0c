import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layout } from '../../base/layout.ts';
import { filesToBring } from './files-to-bring.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'decant-bring-'));
  mkdirSync(join(folder, 'src'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('filesToBring', () => {
  const asked = (path: string, sample: string | null, identity = join(folder, 'src')) => {
    const problems = [{ id: 'wanted-file', message: '', place: 'app.py:4', file: { path, sample } }];
    const gathered = { layout: layout(join(folder, 'app'), join(folder, 'run')) };
    return filesToBring({ problems }, gathered, { place: { identity, folder: join(folder, 'src') }, cwd: folder }).map(
      ({ command }) => command.replaceAll(folder, ''),
    );
  };

  it("copies the folder's own file, else the example, else opens an editor", () => {
    const copied = (from: string) => `mkdir -p /app/shared/conf && cp src/conf/${from} /app/shared/conf/a.ini`;
    expect(asked('conf/a.ini', 'conf/a.ini.dist')).toEqual([`${copied('a.ini.dist')}    # then edit it`]);
    expect(asked('a b.ini', null)).toEqual([`mkdir -p /app/shared && "\${EDITOR:-vi}" '/app/shared/a b.ini'`]);
    mkdirSync(join(folder, 'src/conf'));
    writeFileSync(join(folder, 'src/conf/a.ini'), '');
    expect(asked('conf/a.ini', 'conf/a.ini.dist')).toEqual([copied('a.ini')]);
  });

  it('knows no folder of a git URL', () => {
    expect(asked('a.ini', 'a.ini.dist', 'https://git.example/a.git')[0]).toContain('EDITOR');
  });

  it('is silent about what was brought', () => {
    mkdirSync(join(folder, 'app/shared'), { recursive: true });
    writeFileSync(join(folder, 'app/shared/a.ini'), '');
    expect(asked('a.ini', null)).toEqual([]);
  });
});
