import { describe, expect, it } from 'vitest';
import { transcript } from '../support/fake-world.ts';

describe('help', () => {
  it('lists the commands by group', async () => {
    const { exit, stdout, stderr } = await transcript(['--help']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('transcripts/help.txt');
  });

  it('is what a bare decant prints', async () => {
    expect(await transcript([])).toEqual(await transcript(['--help']));
  });

  it('of a command begins with examples', async () => {
    const { exit, stdout } = await transcript(['up', '--help']);
    expect(exit).toBe(0);
    await expect(stdout).toMatchFileSnapshot('transcripts/help-up.txt');
  });

  it('knows `help COMMAND` and `help TOPIC`', async () => {
    expect(await transcript(['help', 'up'])).toEqual(await transcript(['up', '--help']));
    const topic = await transcript(['help', 'exit-codes']);
    expect(topic.stdout).toContain('70   a bug in decant');
    expect((await transcript(['help', 'exit-code'])).stderr).toContain('decant help exit-codes');
  });

  it('never exceeds the width of a small terminal', async () => {
    for (const argv of [['--help'], ['up', '--help'], ['config', '--help'], ['logs', '--help']]) {
      const long = (await transcript(argv)).stdout.split('\n').filter(line => line.length > 100);
      expect(long).toEqual([]);
    }
  });
});

describe('mistakes', () => {
  it('names the command that was meant', async () => {
    const { exit, stdout, stderr } = await transcript(['rolback']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('did you mean rollback?');
  });

  it('names the option and the subcommand that were meant', async () => {
    expect((await transcript(['up', '--with-stat'])).stderr).toContain('Did you mean --with-state?');
    expect((await transcript(['releases', 'shwo', 'v1'])).stderr).toContain('decant releases show');
    expect((await transcript(['config:lst'])).stderr).toContain('decant config list');
  });

  it.each([
    [['up', '--port', 'many'], '"many" is not a whole number'],
    [['up', '--watch', '5 minutes'], 'is not a duration'],
    [['logs', '--release', 'latest'], 'is not a release'],
    [['autostart', 'maybe'], 'Allowed choices are on, off'],
    [['autostart'], "Missing required argument 'switch'"],
    [['up', 'a', 'b', 'c'], 'Too many arguments'],
    [['status', '-C', '/nowhere'], 'There is no folder /nowhere'],
    [['--colour', 'never', 'up'], "Unknown option '--colour'"],
  ])('%j is a usage error', async (argv, words) => {
    const { exit, stdout, stderr } = await transcript(argv);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toContain('Nothing was done.');
  });

  it('does not repeat what may be a secret', async () => {
    const { exit, stderr } = await transcript(['config', 'set', 's3cr3t']);
    expect(exit).toBe(2);
    expect(stderr).not.toContain('s3cr3t');
  });

  it('is one JSON object with --json', async () => {
    const { exit, stdout, stderr } = await transcript(['rolback', '--json']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      type: 'result',
      ok: false,
      code: 'usage',
      exit: 2,
      what: 'There is no command "decant rolback"; did you mean rollback?',
      evidence: [],
      state: 'Nothing was done.',
      next: ['decant rollback'],
    });
  });

  it('is coloured as asked', async () => {
    const terminal = { isTTY: { stdin: true, stdout: true, stderr: true }, columns: 80 };
    expect((await transcript(['rolback'], terminal)).stderr).toContain('\x1b[31m');
    expect((await transcript(['rolback', '--no-color'], terminal)).stderr).not.toContain('\x1b[');
    expect((await transcript(['rolback', '--color', 'always'])).stderr).toContain('\x1b[31m');
  });

  it('takes --json after -- as a word of the command', async () => {
    const { stdout } = await transcript(['run', '--frob', '--', 'x', '--json']);
    expect(stdout).toBe('');
  });
});

describe('the machine', () => {
  it('refuses Windows and names WSL', async () => {
    const { exit, stderr } = await transcript(['up'], { platform: 'win32' });
    expect(exit).toBe(3);
    expect(stderr).toContain('wsl --install');
  });

  it('says its version', async () => {
    expect(await transcript(['--version'])).toEqual({ exit: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('calls an exception that nobody meant a bug, with a text for an issue', async () => {
    const broken = (): boolean => {
      throw new TypeError('x is not a function');
    };
    const { exit, stderr } = await transcript(['status'], { isFolder: broken });
    expect(exit).toBe(70);
    expect(stderr).toContain('This is a bug in decant: TypeError: x is not a function');
    expect(stderr).toContain('decant 1.2.3, Node 20.19.0, linux, command: status');
  });
});
