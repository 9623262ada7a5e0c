import { expect, test } from 'vitest';
import { parseConfig } from './config/parse.ts';
import { yamlFile } from './detect/yaml-file.ts';
import { condaEnvironment } from './install/conda-environment.ts';
import { deepest, tooDeepAt } from './yaml-nesting.ts';

const flow = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const block = (depth: number) => Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}a:`).join('\n');

test.each([
  ['flow sequences', flow],
  ['flow mappings', (depth: number) => '{a: '.repeat(depth) + '}'.repeat(depth)],
  ['sequences on one line', (depth: number) => `${'- '.repeat(depth)}a`],
  ['mappings', block],
  ['keys', (depth: number) => '? '.repeat(depth)],
  ['brackets never closed', (depth: number) => '['.repeat(depth)],
])('%s', (_, text) => {
  expect(tooDeepAt(text(deepest))).toBe(undefined);
  expect(tooDeepAt(text(deepest + 1))).toBeGreaterThan(0);
  expect(tooDeepAt(text(20 * deepest))).toBeGreaterThan(0);
});

test('brackets in text nest nothing', () => {
  const text = `a: "${flow(200)}"\nb: |\n  ${'['.repeat(200)}\nc: x${'['.repeat(200)}\n# ${'['.repeat(200)}\n`;
  expect(tooDeepAt(text)).toBe(undefined);
});

test('what nests too deep is not read', () => {
  expect(yamlFile(`services: ${flow(1000)}`)).toBe(undefined);
  expect(condaEnvironment(`dependencies: ${flow(1000)}`)).toBe(undefined);
  expect(() => parseConfig(`app: shop\nstate: ${flow(1000)}\n`, 'decant.yaml')).toThrow(
    expect.objectContaining({
      exit: 3,
      trouble: expect.objectContaining({
        code: 'config-invalid',
        evidence: expect.arrayContaining(['decant.yaml:2:107  nests deeper than 100 levels']),
      }),
    }),
  );
});
