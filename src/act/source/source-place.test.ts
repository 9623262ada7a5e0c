import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { committed } from '../../../test/support/git-repository.ts';
import type { DecantError } from '../../base/errors.ts';
import type { Context } from '../context.ts';
import { sourcePlace } from './source-place.ts';

const home = mkdtempSync(join(tmpdir(), 'decant-test-'));
const context = { home, cwd: home } as Context;
afterAll(() => rmSync(home, { recursive: true }));

test.each([true, false])(
  'a clone that git refuses says why, and nothing of what decant keeps (kept: %s)',
  async keeps => {
    const error = await sourcePlace(context, 'https://127.0.0.1:1/none.git', { ref: undefined, keeps }).catch(
      (refused: DecantError) => refused,
    );
    const { evidence } = (error as DecantError).trouble;
    expect(evidence.join('\n')).toContain('none.git');
    expect(evidence.filter(line => /alternate|^info:/.test(line))).toEqual([]);
  },
);

test('a reading that keeps nothing borrows the objects of the clone that is kept', async () => {
  const folder = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(folder, 'app.py'), '');
  committed(folder);
  await sourcePlace(context, `file://${folder}`, { ref: undefined, keeps: true });

  const place = await sourcePlace(context, `file://${folder}`, { ref: undefined, keeps: false });
  expect(existsSync(join(place.folder, '.git/objects/info/alternates'))).toBe(true);
  await place.remove();
});
