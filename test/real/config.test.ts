import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse } from '../support/decant.ts';
import { type Mirror, upMirror } from '../support/mirror.ts';

/** The app's variables: set, listed, imported, shown, and as the app itself gets them. */

const house = openHouse();
afterAll(() => house.close());

let mirror: Mirror;
const store = () => join(house.home, 'apps/mirror/config.json');
const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);

beforeAll(async () => {
  mirror = await upMirror(house, async ({ decant }) => {
    const stored = await decant('config', 'set', 'GREETING=hello', 'API_TOKEN=t0p');
    expect(stored).toMatchObject({ code: 0, result: { release: null, changed: true } });
    expect((await decant('status')).result).toMatchObject({ schema: 1, state: 'empty', release: null, url: null });
    expect(existsSync(join(house.home, 'apps/mirror/keep.json'))).toBe(false);
  });
});

/** Values that shells, env files and YAML read in their own ways. */
const hostile: Readonly<Record<string, string>> = {
  QUOTES: `it's "quoted" \`and\` more`,
  NEWLINES: 'first\nsecond\r\n\n  third\n',
  UNICODE: 'Grüße, 世界 🌍 \u202eabc',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's, not ours.
  DOLLARS: '$HOME ${HOME} $(id) %h #not a comment ; & | > <',
  BACKSLASHES: '\\ \\n \\\\ \\" \\',
  BLANKS: ' \t both ends \t ',
  EMPTY: '',
  ASSIGNMENT: '=A=B=',
  CONTROL: '\u0001\u001b[31m\u007f',
};

describe('config set', () => {
  it('before a first release stored only; the first release had it', async () => {
    expect(await mirror.environment()).toMatchObject({ GREETING: 'hello', API_TOKEN: 't0p' });
    expect(statSync(store()).mode & 0o777).toBe(0o600);
  });

  it('of several values is one release, and each arrives byte for byte', async () => {
    const ended = await mirror.done('config', 'set', ...pairs(hostile));

    expect(ended.result).toMatchObject({ release: 'v2', previous: 'v1', changed: true });
    expect(ended.result.environment_changed).toEqual(Object.keys(hostile).sort());
    expect(await mirror.environment()).toMatchObject(hostile);
    expect(statSync(join(house.home, 'apps/mirror/releases/v2/env')).mode & 0o777).toBe(0o600);
  });

  it('brings 200 fuzzed values to the app byte for byte', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter(value => !value.includes('\0'));
    const values = fc.sample(text, { numRuns: 200, seed: 20_260_301 });
    const fuzzed = Object.fromEntries(values.map((value, index) => [`FUZZ_${index}`, value]));
    await mirror.done('config', 'set', ...pairs(fuzzed));

    const environment = await mirror.environment();
    expect(Object.fromEntries(Object.keys(fuzzed).map(name => [name, environment[name]]))).toEqual(fuzzed);
    expect(environment).toMatchObject(hostile);
    await mirror.done('config', 'unset', ...Object.keys(fuzzed));
    expect(Object.keys(await mirror.environment()).filter(name => name.startsWith('FUZZ_'))).toEqual([]);
  });

  it('of what is set already does nothing', async () => {
    const ended = await mirror.done('config', 'set', 'GREETING=hello');
    expect(ended.result).toMatchObject({ release: 'v4', changed: false });
  });

  it('refuses what is no variable, and repeats no value', async () => {
    for (const words of [['1A=secret-value'], ['secret-value'], ['A-B=secret-value']]) {
      const ended = await mirror.decant('config', 'set', ...words);
      expect(ended.code).toBe(2);
      expect(ended.stdout + ended.stderr).not.toContain('secret-value');
    }
  });
});

describe('config list', () => {
  it('names each variable with its origin, and hides secrets until they are asked for', async () => {
    const listed = (await mirror.done('config', 'list')).result;
    expect(listed).toMatchObject({ schema: 1, app: 'mirror' });
    expect(listed.variables).toContainEqual(
      expect.objectContaining({ name: 'GREETING', value: 'hello', origin: 'config' }),
    );
    expect(listed.variables).toContainEqual(expect.objectContaining({ name: 'API_TOKEN', value: null, secret: true }));

    const told = await house.decant(['config'], { cwd: mirror.folder, json: false });
    expect(told.stdout).toContain('API_TOKEN');
    expect(told.stdout).not.toContain('t0p');
    const revealed = (await mirror.done('config', 'list', '--reveal')).result;
    expect(revealed.variables).toContainEqual(expect.objectContaining({ name: 'API_TOKEN', value: 't0p' }));
  });
});

describe('config import', () => {
  it('sets all of an env file, from a path or from standard input, in one release', async () => {
    const file = join(mirror.folder, '../values.env');
    writeFileSync(file, '# a comment\nexport ONE=\'single $HOME\'\nTWO="line\\nnext"\nTHREE=bare # comment\n');
    const ended = await mirror.done('config', 'import', file);
    expect(ended.result).toMatchObject({ release: 'v5', environment_changed: ['ONE', 'THREE', 'TWO'] });
    expect(await mirror.environment()).toMatchObject({ ONE: 'single $HOME', TWO: 'line\nnext', THREE: 'bare' });

    const piped = await house.decant(['config', 'import', '-'], { cwd: mirror.folder, input: 'ONE=piped\n' });
    expect(piped).toMatchObject({ code: 0, result: { release: 'v6', environment_changed: ['ONE'] } });
    expect(await mirror.environment()).toMatchObject({ ONE: 'piped', THREE: 'bare' });
  });

  it('refuses a file with a line that is none, naming it, and changes nothing', async () => {
    const ended = await house.decant(['config', 'import', '-'], { cwd: mirror.folder, input: 'A=1\nwhat is this\n' });
    expect(ended).toMatchObject({
      code: 3,
      result: { code: 'bad-env-file', evidence: [expect.stringContaining(':2')] },
    });
    expect((await mirror.decant('status')).result).toMatchObject({ release: 'v6' });
  });
});

describe('config and rollback', () => {
  it('goes back with the release, and says which names changed', async () => {
    const ended = await mirror.done('rollback', 'v1');
    expect(ended.result).toMatchObject({ release: 'v1', previous: 'v6' });
    expect(ended.result.environment_changed).toEqual([...Object.keys(hostile), 'ONE', 'THREE', 'TWO'].sort());

    expect(ended.result.warnings).toContainEqual(expect.stringMatching(/^v1 did not have .*ONE.*config set .*ONE=…/));

    const { variables } = (await mirror.done('config', 'list')).result;
    expect((variables as { name: string }[]).map(variable => variable.name)).toEqual(['API_TOKEN', 'GREETING']);
    expect(await mirror.environment()).not.toHaveProperty('ONE');
    const told = await house.decant(['rollback', 'v6'], { cwd: mirror.folder, json: false });
    expect(told.stdout).toMatch(/changed: ASSIGNMENT, .*UNICODE/);
  });
});

describe('config set whose release fails', () => {
  it('keeps nothing of the change, and says what is stored', async () => {
    const before = (await mirror.done('config', 'list', '--reveal')).result.variables;
    const ended = await mirror.decant('config', 'set', 'PYTHONHOME=/nowhere', 'GREETING=other');

    expect(ended.code).toBe(5);
    expect(ended.result.state).toContain('The change was not kept: GREETING, PYTHONHOME are stored as before.');
    expect(ended.result.next).not.toContain('decant up');
    expect((await mirror.done('config', 'list', '--reveal')).result.variables).toEqual(before);
    expect(await mirror.environment()).toMatchObject({ GREETING: 'hello' });
  });
});

describe('config show', () => {
  it("--origin says where each of decant's own settings comes from", async () => {
    writeFileSync(join(mirror.folder, 'decant.yaml'), 'app: mirror\nworkers: 3\n');
    const ended = await house.decant(['config', 'show', '--origin'], {
      cwd: mirror.folder,
      env: { DECANT_THREADS: '7' },
    });

    const { settings } = ended.result;
    expect(ended).toMatchObject({ code: 0, result: { schema: 1 } });
    expect(settings).toContainEqual({ key: 'workers', value: 3, origin: 'file', place: 'decant.yaml:2' });
    expect(settings).toContainEqual({ key: 'threads', value: 7, origin: 'environment', place: 'DECANT_THREADS' });
    expect(settings).toContainEqual({ key: 'entry', value: 'app:app', origin: 'detected', place: 'app.py:13' });
    const elsewhere = await house.decant(['config', 'show', '-a', 'mirror']);
    expect(elsewhere.result.settings).toContainEqual(expect.objectContaining({ key: 'workers', value: 3 }));
    const told = await house.decant(['config', 'show', '--origin'], { cwd: mirror.folder, json: false });
    expect(told.stdout).toMatch(/workers\s+3\s+file\s+decant\.yaml:2/);
  });
});
