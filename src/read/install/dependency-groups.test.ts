import { expect, test } from 'vitest';
import { productionGroups } from './dependency-groups.ts';
import { tomlTable } from './toml.ts';

test.each([
  ['prod = ["gunicorn>=23"]\ndev = ["pytest"]', ['gunicorn>=23']],
  [
    'Production = ["a", {include-group = "Web_Server"}]\nweb-server = ["b", {include-group = "production"}]',
    ['a', 'b'],
  ],
  ['deploy = ["a"]\nprod = ["a", "b"]', ['a', 'b']],
  ['dev = ["pytest"]\nlint = ["ruff"]\nweb = ["x"]', []],
  ['prod = "gunicorn"', []],
])('%s', (groups, expected) => {
  expect(productionGroups(tomlTable(`[dependency-groups]\n${groups}`) ?? {})).toEqual(expected);
});
