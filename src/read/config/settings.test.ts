import { expect, test } from 'vitest';
import { DecantError } from '../../base/errors.ts';
import { noConfig } from './config.ts';
import { parseConfig } from './parse.ts';
import { type SettingRow, settingRows } from './setting-rows.ts';
import { type Given, settings } from './settings.ts';

const file = parseConfig(
  'entry: file:app\nhealth: /file\ntargets:\n  local:\n    type: local\n    port: 1111\n  other: { type: local, port: 2222 }\n',
  'decant.yaml',
);

function given(parts: Partial<Given>): Given {
  return { config: file, flags: {}, environment: {}, ...parts };
}

function row(rows: readonly SettingRow[], key: string): unknown[] {
  const found = rows.find(each => each.key === key);
  return [found?.value, found?.origin, found?.place];
}

function trouble(parts: Partial<Given>): DecantError {
  try {
    settings(given(parts));
  } catch (error) {
    if (error instanceof DecantError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each([
  [{ flags: { port: 4444 }, environment: { DECANT_PORT: '3333' } }, 4444, 'flag', '--port'],
  [{ environment: { DECANT_PORT: '3333' } }, 3333, 'environment', 'DECANT_PORT'],
  [{ environment: { DECANT_PORT: '' } }, 1111, 'file', 'decant.yaml:6'],
  [{ environment: { DECANT_TARGET: 'other' } }, 2222, 'file', 'decant.yaml:7'],
])('a flag is stronger than a variable, that one than the file: %j', (parts, port, origin, place) => {
  const { settings: found, config } = settings(given(parts));
  expect(found.port).toBe(port);
  expect(row(settingRows({ config, target: found.target }), 'port')).toEqual([port, origin, place]);
});

test('nobody said anything: defaults, and no port is asked for', () => {
  const { settings: found, config } = settings({ config: noConfig, flags: {}, environment: {} });
  expect(found).toMatchObject({
    target: 'local',
    type: 'local',
    host: '127.0.0.1',
    port: undefined,
    entry: undefined,
    health: undefined,
  });
  const rows = settingRows({ config, target: 'local', defaults: { port: 8001, workers: 2 } });
  expect(row(rows, 'port')).toEqual([8001, 'default', null]);
  expect(row(rows, 'workers')).toEqual([2, 'default', null]);
  expect(row(rows, 'target')).toEqual(['local', 'default', null]);
  expect(row(rows, 'entry')).toEqual([null, 'default', null]);
});

test('a variable may say null where the file may', () => {
  const { settings: found, config } = settings(given({ environment: { DECANT_HEALTH: 'null' } }));
  expect(found.health).toBeNull();
  expect(row(settingRows({ config, target: 'local' }), 'health')).toEqual([null, 'environment', 'DECANT_HEALTH']);
});

test('values that can not be are refused, all at once and with where they come from', () => {
  const { exit, trouble: said } = trouble({
    environment: { DECANT_PORT: '99999', DECANT_WORKERS: 'two', DECANT_ENTRY: 'wsgi' },
  });
  expect([exit, said.code]).toEqual([3, 'setting-invalid']);
  expect(said.evidence).toEqual([
    'DECANT_ENTRY="wsgi"  `entry` must name the app as module:attribute or module:factory(), like wsgi:app or shop:create_app()',
    'DECANT_WORKERS="two"  `workers` must be a whole number, not "two"',
    'DECANT_PORT=99999  `targets.local.port` must be at most 65535',
  ]);
});

test('a target that is not there gets a suggestion', () => {
  const { exit, trouble: said } = trouble({ flags: { target: 'othr' } });
  expect([exit, said.code, said.next]).toEqual([2, 'target-unknown', ['-t other']]);
  expect(said.evidence).toEqual(['local  decant.yaml:4', 'other  decant.yaml:7']);
});

test('names of JavaScript are no targets and no settings', () => {
  expect(trouble({ flags: { target: 'constructor' } }).trouble.code).toBe('target-unknown');
  expect(trouble({ flags: { target: '__proto__' } }).trouble.code).toBe('target-unknown');
});
