// `npm test`: every suite that needs no Docker. Ends with the counts, and names the suites that only .ci/run runs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, ready, root } from './ready.mjs';

const results = cacheFolder('results');
const counts = { passed: 0, failed: 0, skipped: 0 };

process.stderr.write('decant: running every test that needs no Docker\n');
await ready();
vitest('unit');
python();
vitest('real');

writeFileSync(join(results, 'counts.json'), JSON.stringify(counts));
process.stdout.write(`\nOnly .ci/run runs: ${slowSuites().join(', ') || 'nothing more'}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

/** A suite that ends without a report counts as one failure: a crash must not look like nothing to do. */
function vitest(project) {
  const report = join(results, `${project}.json`);
  if (existsSync(report)) writeFileSync(report, '');
  const words = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const summary = text === '' ? { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 } : JSON.parse(text);

  counts.passed += summary.numPassedTests;
  counts.failed += summary.numFailedTests === 0 && status !== 0 ? 1 : summary.numFailedTests;
  counts.skipped += summary.numPendingTests + (summary.numTodoTests ?? 0);
}

/** The runner's own tests, by the standard library alone. */
function python() {
  const { status, stderr } = spawnSync('python3', ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], {
    cwd: join(root, 'src/act/runner'),
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  process.stderr.write(stderr);
  const ran = Number(/^Ran (\d+) tests?/m.exec(stderr)?.[1] ?? 0);
  const number = name => Number(new RegExp(`${name}=(\\d+)`).exec(stderr)?.[1] ?? 0);
  const failed = number('failures') + number('errors') + number('unexpected successes');
  const skipped = number('skipped');

  counts.failed += status !== 0 && failed === 0 ? 1 : failed;
  counts.skipped += skipped;
  counts.passed += Math.max(0, ran - failed - skipped);
}

/** Each folder of test/machines is a suite of real hosts. */
function slowSuites() {
  const folder = join(root, 'test/machines');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.sh'))
        .map(name => name.replace(/\.sh$/, ''))
    : [];
}
