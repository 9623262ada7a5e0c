// `npm run strangers -- [--from DIR] [--list FILE] [--only TEXT] [--inspect] [--keep]`: real repositories that nobody here wrote.
// Each is cloned, inspected and put live with no configuration, then destroyed; the table says what was understood, how it
// ended and why. A fact is right when it is one of those that a person read in the repository (scripts/strangers.json).
// --from: a folder of clones or bare repositories called OWNER+NAME; without it they are cloned from GitHub.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ready, root } from './ready.mjs';

const longestUp = 15 * 60_000;
const { values: options } = parseArgs({
  options: {
    from: { type: 'string' },
    list: { type: 'string', default: join(root, 'scripts/strangers.json') },
    only: { type: 'string', multiple: true },
    inspect: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

/** How a fact is read from the profile, where it isn't a key of it. */
const readers = {
  apps: profile => (profile.problems ?? []).some(({ id }) => id === 'several-apps'),
  manager: profile => profile.dependencies?.manager,
  project: profile => profile.install?.project,
  migrationTool: profile => profile.migrations?.tool ?? null,
  database: profile => profile.database?.kind ?? null,
};

await ready();
const scratch = mkdtempSync(join(tmpdir(), 'decant-strangers-'));
const environment = { ...process.env, DECANT_HOME: join(scratch, 'home') };
const all = JSON.parse(readFileSync(options.list, 'utf8'));
const chosen = all.filter(({ repo }) => options.only?.some(text => repo.includes(text)) ?? true);
const rows = [];
for (const stranger of chosen) {
  const row = await judged(stranger);
  rows.push(row);
  process.stdout.write(`${line(row)}\n`);
}
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(join(root, '.cache/strangers.json'), JSON.stringify(rows, null, 1));
process.stdout.write(`${summary(rows)}\n`);
if (options.keep) process.stdout.write(`DECANT_HOME=${environment.DECANT_HOME}\n`);
else rmSync(scratch, { recursive: true, force: true });

/** What decant understood of one repository, and how `up` ended. */
async function judged(stranger) {
  const folder = join(scratch, stranger.repo.replace('/', '+'));
  const place = cloned(stranger, folder);
  if (place === null)
    return { repo: stranger.repo, facts: [], ends: 'no clone', seconds: 0, isRight: false, reason: '' };

  const subject = join(folder, stranger.folder ?? '.');
  const inspected = await decant(['inspect', subject, '--json']);
  const profile = inspected.answer ?? {};
  const facts = judgedFacts(stranger.facts ?? {}, profile);
  if (options.inspect)
    return {
      repo: stranger.repo,
      facts,
      ends: `inspect ${inspected.code}`,
      seconds: inspected.seconds,
      isRight: true,
      reason: '',
    };

  const outcome = await wentUp(subject);
  if (!options.keep) {
    await decant(['destroy', '--all', '--yes']);
    rmSync(folder, { recursive: true, force: true });
  }
  const expected = [stranger.ends].flat();
  return {
    repo: stranger.repo,
    facts,
    ...outcome,
    isRight: expected.includes(outcome.ends),
    expected: expected.join(' or '),
  };
}

function cloned({ repo, commit }, folder) {
  const near = options.from === undefined ? undefined : join(resolve(options.from), repo.replace('/', '+'));
  const inside = near !== undefined && existsSync(near) ? readdirSync(near).map(name => join(near, name)) : [];
  const source = [near, ...inside].find(isRepository) ?? `https://github.com/${repo}`;
  const clone = spawnSync('git', ['clone', '--quiet', source, folder]);
  if (clone.status !== 0) return null;

  return commit === undefined || spawnSync('git', ['-C', folder, 'checkout', '--quiet', commit]).status === 0
    ? folder
    : null;
}

function isRepository(path) {
  return path !== undefined && (existsSync(join(path, 'HEAD')) || existsSync(join(path, '.git')));
}

/** "live" or the failure's code, with the answer of `/` or what was said. */
async function wentUp(folder) {
  const { code, answer, seconds } = await decant(['up', folder, '--json', '--no-input']);
  if (answer === undefined) return { ends: `exit ${code} without an answer`, seconds, reason: '' };
  if (!answer.ok)
    return { ends: answer.code, seconds, reason: [answer.what, ...(answer.evidence ?? []).slice(0, 2)].join(' | ') };

  const page = await fetch(answer.url, { redirect: 'manual' }).then(
    ({ status }) => `/ answers ${status}`,
    error => `/ fails: ${error.cause?.code ?? error}`,
  );
  const warnings = (answer.warnings ?? []).map(each => each.message ?? each);
  return { ends: 'live', seconds, reason: [page, answer.release, ...warnings].join(' | ') };
}

/** Each fact that a person read: its name, and what was found where that is not among the right answers. */
function judgedFacts(facts, profile) {
  return Object.entries(facts).map(([name, right]) => {
    const found = readFact(name, profile);
    const isRight = [right].flat().some(each => JSON.stringify(each) === JSON.stringify(found));
    return { name, isRight, found };
  });
}

function readFact(name, profile) {
  return (readers[name] ?? (each => each[name] ?? null))(profile);
}

/** Runs decant to its end; its last line is the answer. Ended after a quarter of an hour. */
function decant(words) {
  const began = performance.now();
  return new Promise(resolvePromise => {
    const child = spawn(process.execPath, [join(root, 'bin/decant.js'), ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const limit = setTimeout(() => child.kill(), longestUp);
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.on('close', code => {
      clearTimeout(limit);
      resolvePromise({ code, answer: lastObject(output), seconds: (performance.now() - began) / 1000 });
    });
  });
}

function lastObject(output) {
  for (const text of [output, output.trim().split('\n').at(-1)]) {
    try {
      return JSON.parse(text);
    } catch {
      // Not one object: its last line may be.
    }
  }
  return undefined;
}

function line({ repo, facts, ends, seconds, isRight, expected, reason }) {
  const wrong = facts.filter(fact => !fact.isRight);
  const told = wrong.map(({ name, found }) => `${name}=${JSON.stringify(found)}`).join(' ');
  const verdict = isRight ? 'ok   ' : 'WRONG';
  return [
    `${verdict} ${repo.padEnd(45)} ${`${facts.length - wrong.length}/${facts.length}`.padEnd(6)} ${`${seconds.toFixed(0)} s`.padEnd(6)} ${ends}${isRight ? '' : ` (expected ${expected})`}`,
    ...(told === '' ? [] : [`      facts: ${told}`]),
    ...(reason === '' ? [] : [`      ${reason.replace(/\s+/g, ' ').slice(0, 220)}`]),
  ].join('\n');
}

function summary(all) {
  const facts = all.flatMap(row => row.facts);
  const right = facts.filter(fact => fact.isRight).length;
  return `${all.length} repositories: ${right} of ${facts.length} facts right, ${all.filter(row => row.isRight).length} ended right`;
}
