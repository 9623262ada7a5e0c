import { expect, test } from 'vitest';
import { configPath } from './config-path.ts';

test.each([
  [['app.py'], undefined],
  [['app.py', 'decant.yml'], 'decant.yml'],
  [['decant.yaml', 'sub/decant.yml'], 'decant.yaml'],
])('%j', (paths, found) => expect(configPath(paths)).toBe(found));

test('two files are one too many', () => {
  expect(() => configPath(['decant.yaml', 'decant.yml'])).toThrow('decant.yaml and decant.yml');
});
