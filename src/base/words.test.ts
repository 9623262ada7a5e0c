import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandArgv, pastedWord, shellWords } from './words.ts';

describe('shellWords', () => {
  it.each([
    ['flask db upgrade', ['flask', 'db', 'upgrade']],
    ["celery -A 'my app' worker", ['celery', '-A', 'my app', 'worker']],
    ['a "b \\"c\\"" d\\ e', ['a', 'b "c"', 'd e']],
    ["''", ['']],
    ['  spaced   out ', ['spaced', 'out']],
  ])('splits %j', (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  it.each(['a && b', 'echo $PORT', 'PORT=1 run', 'a | b', 'ls *.py', 'echo `id`', 'a; b', "unclosed 'quote", 'a > b'])(
    'leaves %j to a shell',
    line => {
      expect(shellWords(line)).toBeNull();
    },
  );
});

describe('commandArgv', () => {
  it('gives a line that needs a shell to the shell, unchanged', () => {
    expect(commandArgv('cd x && run $PORT')).toEqual(['/bin/sh', '-c', 'cd x && run $PORT']);
  });
});

describe('pastedWord', () => {
  it.each(['plain/path.git', 'a b', "it's", '$(id)', '"quoted"', '; rm -rf x', ''])(
    'brings %j through a shell as it is',
    word => {
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${pastedWord(word)}`], { encoding: 'utf8' })).toBe(word);
    },
  );
});
