import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveRecord } from './app-store.ts';
import { askedSource } from './asked-source.ts';

describe('askedSource', () => {
  const home = mkdtempSync(join(tmpdir(), 'decant-test-'));
  const checkout = mkdtempSync(join(tmpdir(), 'decant-test-'));
  const said: unknown[] = [];
  const context = (appName: string | undefined, cwd = '/elsewhere') => ({
    home,
    cwd,
    ...(appName === undefined ? {} : { appName }),
    report: (event: unknown) => void said.push(event),
  });
  beforeAll(async () => {
    const record = { schema: 1 as const, host: '127.0.0.1', port: 8000 };
    await saveRecord(home, { ...record, name: 'shop', source: home });
    await saveRecord(home, { ...record, name: 'far', source: 'https://example.com/far.git' });
    await saveRecord(home, { ...record, name: 'gone', source: join(home, 'gone') });
    await saveRecord(home, { ...record, name: 'stored', source: home, port: 0 });
  });
  afterAll(() => [home, checkout].forEach(folder => void rmSync(folder, { recursive: true })));

  it('of a named app is where it came from, and that is said', () => {
    expect(askedSource(context('shop'), undefined)).toBe(home);
    expect(said).toMatchObject([{ type: 'note', text: expect.stringContaining(`shop comes from ${home}.`) }]);
    expect(askedSource(context('far'), undefined)).toBe('https://example.com/far.git');
  });

  it('is what was named, and this folder where nothing else can be meant', () => {
    expect(askedSource(context('shop'), '.')).toBe('.');
    expect(askedSource(context(undefined), undefined)).toBeUndefined();
    writeFileSync(join(checkout, 'app.py'), '');
    expect(askedSource(context('shop', checkout), undefined)).toBeUndefined();
    for (const name of ['gone', 'stored', 'new']) expect(askedSource(context(name), undefined)).toBeUndefined();
  });
});
