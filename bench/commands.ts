// What commands cost: `--help` against an empty script, and `inspect` of a repository of 2,000 files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../test/support/decant.ts';

const rounds = Number(process.argv[2] ?? 15);
const decant = join(projectRoot, 'bin/decant.js');
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

function millis(words: readonly string[], cwd = projectRoot): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, words, { cwd, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
  return performance.now() - began;
}

const help: number[] = [];
const empty: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  empty.push(millis(['-e', '0']));
  help.push(millis([decant, '--help']));
}

/** Blueprints, models and plain modules, as a large Flask repository has them. */
const large = mkdtempSync(join(tmpdir(), 'decant-large-'));
writeFileSync(join(large, 'requirements.txt'), 'Flask==3.1.3\n');
writeFileSync(
  join(large, 'app.py'),
  'from flask import Flask\nimport os\napp = Flask(__name__)\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n\n@app.get("/")\ndef index():\n    return "x"\n',
);
for (let module = 0; module < 2000; module += 1) {
  const folder = join(large, `package_${module % 50}`);
  mkdirSync(folder, { recursive: true });
  const blueprint = `from flask import Blueprint\nimport os\n\nbp = Blueprint("m${module}", __name__)\nLIMIT = os.environ.get("LIMIT_${module % 40}", "1")\n\n@bp.get("/m${module}")\ndef page():\n    return "x"\n`;
  const plain = Array.from(
    { length: 60 },
    (_, line) => `def f${line}(a, b=${line}):\n    return [a * i for i in range(b)]\n`,
  ).join('\n');
  writeFileSync(join(folder, `module_${module}.py`), module % 4 === 0 ? blueprint + plain : plain);
}
spawnSync('git', ['init', '-q'], { cwd: large });
spawnSync('git', ['add', '-A'], { cwd: large });
spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qm', 'x'], { cwd: large });
const inspect = Array.from({ length: 5 }, () => millis([decant, 'inspect', '--json'], large));
rmSync(large, { recursive: true, force: true });

console.log(
  `--help ${median(help).toFixed(0)} ms, node -e 0 ${median(empty).toFixed(0)} ms, difference ${(median(help) - median(empty)).toFixed(0)} ms (medians of ${rounds})`,
);
console.log(`inspect of 2,000 files ${(median(inspect) / 1000).toFixed(2)} s (median of 5)`);
