import type { UpAnswer } from '../model/answers.ts';
import { duration } from './durations.ts';
import { releaseName } from './release-name.ts';
import { pairs } from './table.ts';
import type { View } from './view.ts';

/** The last screen of `up` and of all that makes a release live: where it is, what was decided, what comes next. */
export function upScreen(answer: UpAnswer, view: View): string {
  const parts = [headline(answer, view), pairs(remarks(answer), view), pairs(nextCommands(answer), view)];
  return parts.filter(part => part !== '').join('\n');
}

function headline(answer: UpAnswer, view: View): string {
  const { colours } = view;
  const name = releaseName(answer);
  if (answer.release === null)
    return `${colours.green('Stored')}  for the first release of ${answer.app}; nothing was started.\n`;
  const where = [answer.url === null ? '' : colours.bold(colours.cyan(answer.url)), name]
    .filter(part => part !== '')
    .join('   ');
  if (!answer.changed)
    return `${colours.green('Live')}  ${where}   ${colours.dim('nothing changed, nothing was done')}\n`;
  const live = answer.live_seconds === null ? '' : `, live after ${duration(answer.live_seconds)}`;
  return `${colours.green('Live')}  ${where}   ${colours.dim(`${duration(answer.seconds)}${live}`)}\n`;
}

function remarks(answer: UpAnswer): [string, string][] {
  const rows: [string, string][] = [
    ['assumed', answer.assumed.join('\n')],
    [
      'generated',
      answer.generated.length === 0 ? '' : `${answer.generated.join(', ')} (kept; see  decant config list)`,
    ],
    ['not copied', answer.not_copied.join('\n')],
    ['variables', answer.environment_changed.length === 0 ? '' : `changed: ${answer.environment_changed.join(', ')}`],
    ['tree', answer.dirty && answer.changed ? 'has changes that no commit holds; they are in this release (*)' : ''],
    ['warning', answer.warnings.join('\n')],
    [
      'reboot',
      answer.release !== null && answer.changed && !answer.autostart
        ? 'it will not come back by itself; turn that on with  decant autostart on'
        : '',
    ],
  ];
  return rows.filter(([, value]) => value !== '');
}

function nextCommands(answer: UpAnswer): [string, string][] {
  const option = answer.target === 'local' ? '' : ` -t ${answer.target}`;
  if (answer.release === null) return [['decant up', 'make the first release']];
  const undo: [string, string] =
    answer.previous === null
      ? [`decant open${option}`, 'see it in a browser']
      : [`decant rollback ${answer.previous}${option}`, `back to ${answer.previous}`];
  return [[`decant status${option}`, 'is it well'], [`decant logs -f${option}`, 'what it says'], undo];
}
