#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import('../dist/cli.mjs').catch(error => {
    const unbuilt = error && error.code === 'ERR_MODULE_NOT_FOUND';
    process.stderr.write(unbuilt ? 'decant is not built here. Run: npm run build\n' : `${error.stack}\n`);
    process.exitCode = 70;
  });
} else {
  process.stderr.write(`decant needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 3;
}
