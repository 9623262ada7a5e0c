// Makes dist/: the command line, the front, the runner, the parser's grammars, and the licences of what is bundled.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// Made aside and moved at the end: a build that fails leaves the last good one.
const dist = join(root, '.cache/dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
  outExtension: { '.js': '.mjs' },
  // CommonJS packages in an ES module bundle call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const results = await Promise.all([buildCli(), buildFront()]);
copyGrammars();
buildRunner();
writeLicences(results.filter(Boolean).flatMap(result => Object.keys(result.metafile.inputs)));

rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(dist, join(root, 'dist'));

/** dist/cli.mjs and its chunks: a command's body is loaded when it is called. */
function buildCli() {
  return build({
    ...shared,
    entryPoints: { cli: 'src/cli/entry.ts' },
    outdir: dist,
    splitting: true,
    chunkNames: '[name]-[hash]',
    define: { DECANT_VERSION: JSON.stringify(version) },
  });
}

/** dist/front.mjs: one file, because it is copied into each app's folder. */
function buildFront() {
  if (!existsSync(join(root, 'src/act/front/main.ts'))) return undefined;
  return build({ ...shared, entryPoints: { front: 'src/act/front/main.ts' }, outdir: dist });
}

function copyGrammars() {
  for (const name of ['web-tree-sitter', 'tree-sitter-python']) {
    copyFileSync(join(root, 'node_modules', name, `${name}.wasm`), join(dist, `${name}.wasm`));
  }
}

/** dist/runner.pyz, byte for byte the same for the same sources: its hash is its name on a host. */
function buildRunner() {
  const script = join(root, 'scripts/zipapp.py');
  const made = spawnSync('python3', [script, join(dist, 'runner.pyz')], { cwd: root, stdio: 'inherit' });
  if (made.status !== 0) throw new Error('python3 could not make dist/runner.pyz');
}

function writeLicences(inputs) {
  const names = new Set(['web-tree-sitter', 'tree-sitter-python']);
  for (const input of inputs) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name !== undefined) names.add(name);
  }
  const texts = [...names].sort().map(name => {
    const folder = join(root, 'node_modules', name);
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
    const text =
      file === undefined
        ? `${about.license} (the package holds no licence text)`
        : readFileSync(join(folder, file), 'utf8');
    return `${about.name} ${about.version}\n\n${text.trim()}\n`;
  });
  const head = 'decant contains these packages, under their own licences.\n';
  writeFileSync(join(root, 'THIRD_PARTY_LICENSES'), [head, ...texts].join(`\n${'-'.repeat(80)}\n\n`));
}
