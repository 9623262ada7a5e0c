// `npm run strangers -- [--from DIR] [--list FILE] [--only TEXT] [--inspect] [--state] [--port N] [--keep]`: real repositories
// that nobody here wrote.
// Each is cloned, inspected and put live with no configuration, then destroyed; the table says what was understood, how it
// ended and why. A fact is right when it is one of those that a person read in the repository (scripts/strangers.json).
// --state: for those that say how a visitor writes: what was written is there after an update and after a rollback.
// --from: a folder of clones or bare repositories called OWNER+NAME; without it they are cloned from GitHub.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decantAnswer } from './decant-answer.mjs';
import { ready, root } from './ready.mjs';
import { stateKept, stateTable } from './state-kept.mjs';
import { cloned } from './stranger-source.mjs';

const { values: options } = parseArgs({
  options: {
    from: { type: 'string' },
    list: { type: 'string', default: join(root, 'scripts/strangers.json') },
    only: { type: 'string', multiple: true },
    inspect: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    port: { type: 'string' },
    state: { type: 'boolean', default: false },
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
const port = options.port === undefined ? [] : ['--port', options.port];
const scratch = mkdtempSync(join(tmpdir(), 'decant-strangers-'));
const environment = { ...process.env, DECANT_HOME: join(scratch, 'home') };
const all = JSON.parse(readFileSync(options.list, 'utf8'));
const chosen = all.filter(({ repo }) => options.only?.some(text => repo.includes(text)) ?? true);
if (options.state) await askState(chosen.filter(({ state }) => state !== undefined));
else await judgeAll(chosen);
if (options.keep) process.stdout.write(`DECANT_HOME=${environment.DECANT_HOME}\n`);
else rmSync(scratch, { recursive: true, force: true });

async function judgeAll(strangers) {
  const rows = [];
  for (const stranger of strangers) {
    const row = await judged(stranger);
    rows.push(row);
    process.stdout.write(`${line(row)}\n`);
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, '.cache/strangers.json'), JSON.stringify(rows, null, 1));
  process.stdout.write(`${summary(rows)}\n`);
}

async function askState(strangers) {
  const rows = [];
  for (const stranger of strangers) {
    const folder = folderOf(stranger);
    const place = cloned(stranger, folder, options.from);
    const row = place === null ? { kind: '', written: 'no clone' } : await stateKept(stranger, folder, decant);
    rows.push({ repo: stranger.repo, ...row });
    await cleaned(folder);
  }
  process.stdout.write(`${stateTable(rows)}\n`);
  if (rows.some(({ rolledBack }) => rolledBack !== null)) process.exitCode = 1;
}

function folderOf({ repo }) {
  return join(scratch, repo.replace('/', '+'));
}

async function cleaned(folder) {
  if (options.keep) return;
  await decant(['destroy', '--all', '--yes']);
  rmSync(folder, { recursive: true, force: true });
}

function decant(words) {
  return decantAnswer(words[0] === 'up' ? [...words, ...port] : words, environment);
}

/** What decant understood of one repository, and how `up` ended. */
async function judged(stranger) {
  const folder = folderOf(stranger);
  const place = cloned(stranger, folder, options.from);
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
  await cleaned(folder);
  const expected = [stranger.ends].flat();
  return {
    repo: stranger.repo,
    facts,
    ...outcome,
    isRight: expected.includes(outcome.ends),
    expected: expected.join(' or '),
  };
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
