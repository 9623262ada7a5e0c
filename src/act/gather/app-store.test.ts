import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DecantError } from '../../base/errors.ts';
import type { Context } from '../context.ts';
import { apps } from '../flows/apps.ts';
import { git } from '../source/git.ts';
import { appRecords, requiredApp, saveRecord, sourceName } from './app-store.ts';
import { askedSource } from './asked-source.ts';

const source = 'https://tok:S3CRET@example.com/shop.git';
const record = { schema: 1 as const, name: 'shop', source, host: '127.0.0.1', port: 8000 };
let home: string;

vi.mock('./gathered.ts', () => ({ gather: async () => ({ state: { releases: [], live: null } }) }));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'decant-test-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function trouble(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error instanceof DecantError ? error.trouble : error;
  }
  return undefined;
}

test('a record is for its owner, whatever lay there before', async () => {
  const folder = join(home, 'apps/shop');
  mkdirSync(folder, { recursive: true });
  for (const name of ['app.json', 'app.json.next']) {
    writeFileSync(join(folder, name), '{}');
    chmodSync(join(folder, name), 0o644);
  }
  await saveRecord(home, record);
  expect(statSync(join(folder, 'app.json')).mode & 0o777).toBe(0o600);
  expect(appRecords(home)).toEqual([record]);
});

test("a token in an app's source is not shown", async () => {
  await saveRecord(home, record);
  const shown = 'https://***@example.com/shop.git';
  expect(trouble(() => requiredApp(home, { name: 'other', folder: '/' }))).toMatchObject({
    evidence: [`shop  ${shown}`],
  });

  const said: unknown[] = [];
  expect(askedSource({ home, cwd: home, appName: 'shop', report: event => void said.push(event) }, undefined)).toBe(
    source,
  );
  expect(said).toMatchObject([{ text: expect.stringContaining(`comes from ${shown}.`) }]);
  expect(sourceName('https://tok:S3CRET@example.com')).toBe('example-com');
});

test("a token is not in the answer of apps, and not in git's own words", async () => {
  await saveRecord(home, record);
  const answer = await apps({ home, target: 'local' } as Context);
  expect(answer.apps).toMatchObject([{ app: 'shop', source: 'https://***@example.com/shop.git' }]);

  const refused = await git(['clone', '--', 'https://tok:S3CRET@127.0.0.1:1/x.git', join(home, 'x')]).catch(
    (error: DecantError) => error.trouble,
  );
  expect(JSON.stringify(refused)).toContain('127.0.0.1');
  expect(JSON.stringify(refused)).not.toContain('S3CRET');
});
