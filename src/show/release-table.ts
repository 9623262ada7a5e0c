import type { ReleaseRow, ReleasesAnswer } from '../model/release-answers.ts';
import { ago, duration } from './durations.ts';
import { plainText } from './plain-text.ts';
import { shortCommit } from './release-name.ts';
import { type Column, table } from './table.ts';
import type { View } from './view.ts';

const columns: readonly Column[] = [
  { header: ' ' },
  { header: 'RELEASE' },
  { header: 'COMMIT' },
  { header: 'WHEN' },
  { header: 'BY' },
  { header: 'TOOK', align: 'right' },
  { header: 'NOTE' },
];

/** `decant releases`: newest first; `*` is live, the failed sign failed, a dim row can no longer be gone back to. */
export function releaseTable(answer: ReleasesAnswer, view: View): string {
  if (answer.releases.length === 0) return `${answer.app} has no release yet. Make the first one with  decant up\n`;
  return table(
    columns,
    answer.releases.map(row => cells(row, view)),
    view,
  );
}

function cells(row: ReleaseRow, view: View): string[] {
  const mark =
    row.state === 'live' ? view.colours.green('*') : row.state === 'good' ? ' ' : view.colours.red(view.glyphs.failed);
  const note = row.note ?? row.subject ?? '';
  return [
    mark,
    row.kept ? row.release : view.colours.dim(row.release),
    shortCommit(row),
    ago(row.at, view.now),
    plainText(row.by),
    row.seconds === null ? '' : duration(row.seconds),
    plainText(note),
  ];
}
