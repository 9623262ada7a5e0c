// Writes every registry `_all.gen.ts` from the listing of its folder. With --check: only says which are stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const marker = '_all.gen.ts';

/** The text of the registry that belongs to a folder: one default export for each unit in it, in the order of names. */
export function registry(folder) {
  const units = readdirSync(folder, { withFileTypes: true })
    .filter(entry => isUnit(folder, entry))
    .map(entry => ({
      name: entry.name.replace(/\.ts$/, ''),
      path: entry.isDirectory() ? `${entry.name}/index.ts` : entry.name,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

  for (const { name } of units) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`${folder}/${name}: units have kebab-case names`);
  }

  return [
    '// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.',
    ...units.map(({ name, path }) => `import ${identifier(name)} from './${path}';`),
    '',
    `export const all = [${units.map(({ name }) => identifier(name)).join(', ')}] as const;`,
    '',
  ].join('\n');
}

/** Every folder below src that has a registry. */
export function registryFolders(folder = join(root, 'src')) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries
    .filter(entry => entry.isDirectory())
    .flatMap(entry => registryFolders(join(folder, entry.name)));
  return entries.some(entry => entry.name === marker) ? [folder, ...below] : below;
}

function isUnit(folder, entry) {
  if (entry.name.startsWith('_')) return false;
  if (entry.isDirectory()) return existsSync(join(folder, entry.name, 'index.ts'));
  return entry.name.endsWith('.ts') && !/\.(test|gen|d)\.ts$/.test(entry.name);
}

function identifier(name) {
  const camel = name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  return `${camel}Unit`;
}

function run(checkOnly) {
  const stale = registryFolders().filter(folder => readFileSync(join(folder, marker), 'utf8') !== registry(folder));

  for (const folder of stale) {
    if (!checkOnly) writeFileSync(join(folder, marker), registry(folder));
    console.log(`${checkOnly ? 'stale' : 'wrote'}  ${relative(root, join(folder, marker))}`);
  }

  if (checkOnly && stale.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) run(process.argv.includes('--check'));
