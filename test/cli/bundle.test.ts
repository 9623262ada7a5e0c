import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

// `npm test` builds first; a lone vitest may run without.
describe.skipIf(!existsSync(join(root, 'dist/cli.mjs')))('the built program', () => {
  const decant = (...argv: string[]) =>
    spawnSync(process.execPath, [join(root, 'bin/decant.js'), ...argv], { encoding: 'utf8' });

  it('prints help and its version', () => {
    expect(decant('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(decant('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('does what the hint after npm start says', () => {
    const lines = readFileSync(join(root, 'scripts/start.mjs'), 'utf8').match(/node bin\/decant\.js .*/g) ?? [];
    expect(lines).toHaveLength(2);
    const [status, help] = lines.map(line =>
      spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8', env: { ...process.env, DECANT_HOME: '/no-home' } }),
    );
    expect(status).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no app guestbook.') });
    expect(help).toMatchObject({ status: 0, stderr: '' });
  });

  it('exits 2 on a wrong command line', () => {
    expect(decant('frobnicate')).toMatchObject({ status: 2, stdout: '' });
  });

  it('prints a script for each shell, and completes', () => {
    expect(decant('completion', 'zsh').stdout).toMatch(/^#compdef decant\n/);
    expect(decant('completion', 'fish').stdout).toMatch(/^complete -c decant /m);
    expect(decant('complete', '--', 'rol').stdout).toMatch(/^rollback/m);
    expect(decant('complete', '--', 'up', '--with').stdout).toMatch(/^--with-state/m);
    expect(decant('completion', 'tcsh').status).toBe(2);
  });

  it('gives bash a script that it reads, and that completes what is typed', () => {
    const { stdout } = decant('completion', 'bash');
    const bash = (script: string) => spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', input: stdout });
    expect(bash('bash -n')).toMatchObject({ status: 0, stderr: '' });

    const typed = `
      decant() { ${process.execPath} ${join(root, 'bin/decant.js')} "$@"; }
      source <(decant completion bash)
      # The package bash-completion has this one.
      _get_comp_words_by_ref() { words=(decant rol); cur=rol; prev=decant; cword=1; }
      complete -p decant
      $(complete -p decant | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
      echo "\${COMPREPLY[@]}"`;
    expect(bash(typed).stdout).toMatch(/^complete .*decant\n.*rollback/);
  });

  it('knows its topics', () => {
    expect(decant('help').stdout).toMatch(/exit-codes.*\n.*environment.*\n.*files/);
    for (const topic of ['exit-codes', 'environment', 'files'])
      expect(decant('help', topic)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('\n\n') });
    expect(decant('help', 'exit-code')).toMatchObject({ status: 2, stdout: '' });
  });
});
