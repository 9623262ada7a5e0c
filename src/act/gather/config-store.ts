import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Value } from '../../decide/environment.ts';

/** The values of an environment with their origins, as a release keeps them (0600). An absent file holds none. */
export function readConfig(file: string): Value[] {
  if (!existsSync(file)) return [];

  const stored: { values: Record<string, Omit<Value, 'name'>> } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(stored.values).map(([name, { value, origin }]) => ({ name, value, origin }));
}

/** Values that stay from release to release: those that a person set, and generated keys. Others are read anew. */
export function keptValues(file: string): Value[] {
  return readConfig(file).filter(({ origin }) => origin === 'set' || origin === 'generated');
}

export function configText(values: readonly Value[]): string {
  const rows = values.map(({ name, value, origin }) => [name, { value, origin }]);
  return `${JSON.stringify({ schema: 1, values: Object.fromEntries(rows) }, null, 2)}\n`;
}

/** Only before a first release; afterwards the store follows the live release. */
export async function writeConfig(file: string, values: readonly Value[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.next`, configText(values), { mode: 0o600 });
  await rename(`${file}.next`, file);
}
