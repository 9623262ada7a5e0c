import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { machineNames, passedVariables, unitVariables } from './passed-variables.ts';

const runner = fileURLToPath(new URL('../runner', import.meta.url));
const all = Object.fromEntries([...machineNames, 'TERM', 'SECRET_KEY', 'LD_PRELOAD'].map(name => [name, name]));

it('the runner and the commands know the same machine', () => {
  const script = 'import json; from decant_runner.environment import MACHINE; print(json.dumps(sorted(MACHINE)))';
  const theirs = JSON.parse(execFileSync('python3', ['-c', script], { cwd: runner, encoding: 'utf8' }));
  expect(machineNames.toSorted()).toEqual(theirs);
});

it('a command gets the machine and the terminal, and nothing else of the shell', () => {
  expect(Object.keys(passedVariables(all)).toSorted()).toEqual([...machineNames, 'TERM'].toSorted());
  expect(passedVariables({ HTTP_PROXY: '' })).toEqual({ HTTP_PROXY: '' });
});

it("a unit gets what the user's manager does not know, by name", () => {
  const names = Object.keys(unitVariables(all));
  expect(names).toEqual(names.toSorted());
  expect(machineNames.filter(name => !names.includes(name))).toEqual(['HOME', 'USER', 'TMPDIR']);
  expect(unitVariables({ LANG: '', TZ: undefined, PATH: '/bin' })).toEqual({ PATH: '/bin' });
});
