import type { ConfigListAnswer, ConfigShowAnswer } from '../model/config-answers.ts';
import { plainText } from './plain-text.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** `decant config list`: the variables of the next release; secrets stay hidden. */
export function configTable(answer: ConfigListAnswer, view: View): string {
  if (answer.variables.length === 0)
    return `${answer.app} has no variables. Set one with  decant config set NAME=value\n`;
  const rows = answer.variables.map(each => [
    each.name,
    each.value === null ? view.colours.dim('(hidden)') : plainText(each.value),
    each.origin,
    each.place ?? '',
  ]);
  return table([{ header: 'NAME' }, { header: 'VALUE' }, { header: 'FROM' }, { header: 'PLACE' }], rows, view);
}

/** `decant config show`: decant's own settings; with `origins`, the source of each value. */
export function settingsTable(answer: ConfigShowAnswer, origins: boolean, view: View): string {
  const columns = [
    { header: 'SETTING' },
    { header: 'VALUE' },
    ...(origins ? [{ header: 'FROM' }, { header: 'PLACE' }] : []),
  ];
  const rows = answer.settings.map(each => [
    each.key,
    each.value === null ? '' : plainText(String(each.value)),
    ...(origins ? [each.origin, each.place ?? ''] : []),
  ]);
  return table(columns, rows, view);
}
