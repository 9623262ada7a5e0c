import type { Trouble } from '../base/errors.ts';
import type { View } from './view.ts';
import { padded, width } from './width.ts';

/** The four parts of an error: what, evidence, the state of the world, what to do next. */
export function troubleView(trouble: Trouble, view: View): string {
  const { colours, glyphs } = view;
  const room = Math.min(view.columns ?? 80, 100) - width(trouble.code) - 1;
  const what = `${glyphs.failed} ${trouble.what}`;
  const lines = [`${colours.red(colours.bold(padded(what, room)))} ${colours.dim(trouble.code)}`, ''];
  for (const line of trouble.evidence) lines.push(`  ${line}`);
  if (trouble.evidence.length > 0) lines.push('');
  lines.push(...labelled('State', [trouble.state], view), ...labelled('Next', trouble.next, view));
  return `${lines.join('\n')}\n`;
}

function labelled(label: string, texts: readonly string[], view: View): string[] {
  return texts
    .flatMap(text => text.split('\n'))
    .map((text, at) => `  ${at === 0 ? view.colours.bold(padded(label, 5)) : '     '}  ${text}`);
}
