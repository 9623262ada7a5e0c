import type { AppsAnswer } from '../model/answers.ts';
import { plainText } from './plain-text.ts';
import { releaseName } from './release-name.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** `decant apps`: every app of this home. */
export function appTable(answer: AppsAnswer, view: View): string {
  if (answer.apps.length === 0) return 'No apps yet. Bring one live with  decant up DIR\n';
  // What a narrow terminal cuts off stands last: the address is what one came for.
  const columns = ['APP', 'STATE', 'RELEASE', 'URL', 'TARGET', 'SOURCE'].map(header => ({ header }));
  const rows = answer.apps.map(each => [
    each.app,
    each.state === 'live' ? view.colours.green(each.state) : view.colours.yellow(each.state),
    each.release === null ? '' : releaseName({ ...each, subject: null }),
    each.url ?? '',
    each.target,
    plainText(each.source),
  ]);
  return table(columns, rows, view);
}
