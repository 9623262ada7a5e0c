// `npm run bench [NAME]`: prints the figures; ratios come from one run, side by side.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ready, root } from './ready.mjs';

await ready();
const [wanted, ...words] = process.argv.slice(2);
const all = readdirSync(join(root, 'bench'))
  .filter(name => name.endsWith('.ts') && name !== 'load.ts')
  .map(name => name.replace(/\.ts$/, ''));
for (const name of all.filter(each => wanted === undefined || each === wanted)) {
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...words], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
