// `npm start`: from a fresh clone to the example app live on this machine.
import { spawnSync } from 'node:child_process';
import { ready, root } from './ready.mjs';

process.stderr.write('decant: bringing examples/guestbook live on this machine\n');
await ready();
const { status } = spawnSync(
  process.execPath,
  ['bin/decant.js', 'up', 'examples/guestbook', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
if (status === 0)
  process.stderr.write(`
decant is not a word of your shell yet. From this clone:

  node bin/decant.js status -a guestbook
  node bin/decant.js --help

To make it one:  npm install --global .
Where that asks for root:  npm install --global --prefix ~/.local .
`);
process.exit(status ?? 1);
