import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { freePort, openHouse } from '../support/decant.ts';

/** Apps that nobody touched for years: what their packages count on is found out by trying. */

const house = openHouse();
afterAll(() => house.close());

const page =
  'from flask import Flask\napp = Flask(__name__)\n\n\n@app.get("/")\ndef index():\n    return "VERSION 1"\n';

function repository(name: string): string {
  const folder = join(dirname(house.home), name);
  mkdirSync(folder);
  git(folder, ['init', '--quiet']);
  return folder;
}

function commit(folder: string, date: string, texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
  git(folder, ['add', '--all']);
  git(folder, ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'Change'], date);
}

function git(folder: string, words: readonly string[], date = '2020-01-01T12:00:00Z'): void {
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const { status, stderr } = spawnSync('git', ['-C', folder, ...words], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function up(folder: string, words: readonly string[] = []): Promise<{ text: string; assumed: string }> {
  const { code, result, stderr } = await house.decant(['up', folder, ...words]);
  expect({ code, stderr, result }).toMatchObject({ code: 0, result: { ok: true } });
  return {
    text: await (await fetch(String(result.url))).text(),
    assumed: (result.assumed as readonly string[]).join('\n'),
  };
}

it('an old app without a lock gets the packages of its time, until somebody changes what is installed', async () => {
  const folder = repository('old');
  // Flask 2.2 asks for "Werkzeug>=2.2.2", and Werkzeug 3 has no url_quote any more.
  commit(folder, '2023-02-15T12:00:00Z', { 'app.py': page, 'requirements.txt': 'Flask==2.2.2\n' });
  const first = await up(folder, ['--port', String(await freePort())]);
  expect(first.text).toBe('VERSION 1');
  expect(first.assumed).toContain('packages as they were on 2023-02-16');

  const today = new Date().toISOString();
  commit(folder, today, { 'app.py': page.replace('VERSION 1', 'VERSION 2') });
  const second = await up(folder);
  expect(second.text).toBe('VERSION 2');
  expect(second.assumed).toContain('packages as they were on 2023-02-16');

  commit(folder, today, { 'requirements.txt': 'Flask==3.1.3\n' });
  const third = await up(folder);
  expect(third.text).toBe('VERSION 2');
  expect(third.assumed).not.toContain('packages as they were');
});

it('an app that imports pkg_resources gets the setuptools that has it', async () => {
  const folder = repository('legacy');
  commit(folder, new Date().toISOString(), {
    'app.py': `import pkg_resources\n${page}`,
    'requirements.txt': 'Flask==3.1.3\n',
  });
  const { text, assumed } = await up(folder, ['--port', String(await freePort())]);
  expect(text).toBe('VERSION 1');
  expect(assumed).toContain('setuptools<81 is installed too');
});
