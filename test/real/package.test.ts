import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, openHouse, projectRoot } from '../support/decant.ts';
import { quick } from '../support/mirror.ts';

/** The package as people get it: packed, installed, and on each Node that it promises. */

const house = openHouse();
const folder = mkdtempSync(join(tmpdir(), 'decant-package-'));
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const npm = (...words: readonly string[]) =>
  execFileSync('npm', [...words, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
let program = '';

beforeAll(() => {
  npm('pack', '--pack-destination', folder);
  const [packed] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
  npm('install', '--global', '--prefix', join(folder, 'prefix'), join(folder, packed ?? ''));
  program = join(folder, 'prefix/bin/decant');
});

describe('npm pack', () => {
  it('is one package that depends on nothing', () => {
    const installed = join(folder, 'prefix/lib/node_modules');
    expect(readdirSync(installed)).toEqual(['decant']);
    const { dependencies, scripts, bin } = JSON.parse(readFileSync(join(installed, 'decant/package.json'), 'utf8'));
    expect([dependencies ?? {}, bin]).toEqual([{}, { decant: 'bin/decant.js' }]);
    expect(Object.keys(scripts).filter(name => /install|prepare/.test(name))).toEqual([]);
    expect(existsSync(join(installed, 'decant/node_modules'))).toBe(false);
    expect(readdirSync(join(installed, 'decant')).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD_PARTY_LICENSES', 'bin', 'dist', 'package.json'].sort(),
    );
  });

  it('brings an app live from where npm put it', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const said = await house.decant(['--version'], { program: [program], json: false });
    expect(said).toMatchObject({ code: 0, stdout: `${version}\n` });
    await livesAndDies([program]);
  });
});

describe.each([20, 22, 24])('on Node %i', major => {
  let node = '';
  beforeAll(() => {
    node = nodeBinary(major);
  });

  it('helps, understands a repository, brings it live and removes it', async () => {
    const decant: readonly [string, string] = [node, join(projectRoot, 'bin/decant.js')];
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(new RegExp(`^v${major}\\.`));
    const help = await house.decant(['--help'], { program: decant, json: false });
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('decant up') });
    const inspected = await house.decant(['inspect', house.copy('examples/guestbook')], { program: decant });
    expect(inspected).toMatchObject({
      code: 0,
      result: { schema: 1, framework: 'flask', entry: 'guestbook:create_app()' },
    });
    await livesAndDies(decant);
  });
});

async function livesAndDies(decant: readonly [string, ...string[]]): Promise<void> {
  const words = ['up', house.copy('examples/hello'), '-a', 'packed', '--port', String(await freePort()), ...quick];
  const ended = await house.decant(words, { program: decant });
  expect({ code: ended.code, result: ended.result, stderr: ended.stderr }).toMatchObject({ code: 0 });
  expect(await (await fetch(String(ended.result.url))).text()).toContain('version 1');
  expect(await house.decant(['destroy', '-a', 'packed', '--yes'], { program: decant })).toMatchObject({ code: 0 });
}

/** Each Node in a folder of its own: npm has a package of its program for each platform. */
function nodeBinary(major: number): string {
  const name = `node-${process.platform}-${process.arch}`;
  const place = join(projectRoot, '.cache/nodes', String(major));
  const binary = join(place, 'node_modules', name, 'bin/node');
  if (!existsSync(binary)) npm('install', '--global=false', '--prefix', place, `${name}@${major}`);
  return binary;
}
