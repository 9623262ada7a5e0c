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
process.exit(status ?? 1);
