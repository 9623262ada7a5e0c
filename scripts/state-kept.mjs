import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visit } from './visit.mjs';

/**
 * What a visitor wrote, asked for again after an update and after a rollback; what was written on the update too. Each
 * column is null where all is there, else what went wrong first.
 */
export async function stateKept({ state }, folder, decant) {
  const up = () => decant(['up', folder, '--json', '--no-input']);
  const first = marked('first');
  const second = marked('second');
  const row = { kind: state.kind };

  const live = await up();
  if (!live.answer?.ok) return { ...row, written: `up ends with ${live.answer?.code ?? live.code}` };
  row.releases = [live.answer.release];
  row.written = (await visit(live.answer.url, state.write, first)) ?? (await visit(live.answer.url, state.read, first));
  if (row.written !== null) return row;

  commitOnTop(folder);
  const update = await up();
  row.releases.push(update.answer?.release);
  row.updated = update.answer?.ok
    ? ((await visit(live.answer.url, state.read, first)) ?? (await visit(live.answer.url, state.write, second)))
    : `up ends with ${update.answer?.code ?? update.code}`;
  if (row.updated !== null) return row;

  const rollback = await decant(['rollback', '-a', live.answer.app, '--json', '--yes']);
  row.releases.push(rollback.answer?.release);
  row.rolledBack = rollback.answer?.ok
    ? ((await visit(live.answer.url, state.read, first)) ?? (await visit(live.answer.url, state.read, second)))
    : `rollback ends with ${rollback.answer?.code ?? rollback.code}`;
  return row;
}

/** Words that no page has by chance; accounts made with them are new ones. */
function marked(name) {
  const mark = `${name}${Date.now().toString(36)}`;
  return { mark, email: `${mark}@example.com`, password: `Pass-${mark}` };
}

function commitOnTop(folder) {
  writeFileSync(join(folder, 'UPDATED.txt'), 'one commit on top\n');
  const git = (...words) =>
    spawnSync('git', ['-C', folder, '-c', 'user.name=visitor', '-c', 'user.email=visitor@example.com', ...words]);
  git('add', 'UPDATED.txt');
  git('commit', '--quiet', '--no-verify', '-m', 'Update');
}

/** The table: one line for each stranger. */
export function stateTable(rows) {
  const cells = rows.map(({ repo, kind, written, updated, rolledBack, releases = [] }) => [
    repo,
    kind,
    said(written),
    said(updated),
    said(rolledBack),
    releases.join(' → '),
  ]);
  const all = [['repository', 'state', 'written', 'after the update', 'after the rollback', 'releases'], ...cells];
  const widths = all[0].map((_, at) => Math.max(...all.map(line => line[at].length)));
  return all
    .map(line =>
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function said(outcome) {
  if (outcome === undefined) return '-';
  return outcome === null ? 'there' : `LOST: ${outcome}`;
}
