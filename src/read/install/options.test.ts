import { expect, test } from 'vitest';
import { installerOptions } from './options.ts';

test.each([
  ['--index-url https://index.example/simple', true, false],
  ['--extra-index-url=https://index.example/simple', true, false],
  ['-i https://index.example/simple', true, false],
  ['-f ./wheels', true, false],
  ['--no-binary :all:', true, false],
  ['--pre', true, true],
  ['--trusted-host index.example', true, true],
  ['--prefer-binary', false, false],
  ['--require-hashes', false, false],
  ['--use-feature=fast-deps', false, false],
])('%s as words: %s, beside its file: %s', (option, words, file) => {
  expect(installerOptions([option], 'words').length === 1).toBe(words);
  expect(installerOptions([option], 'file').length === 1).toBe(file);
});
