import type { LogLine } from '../model/answers.ts';
import { plainText } from './plain-text.ts';
import type { View } from './view.ts';

/** One line of `decant logs`: the process's name, then its own words. */
export function logLineView(line: LogLine, view: View): string {
  return `${view.colours.dim(`${line.release}:${line.process}`)}  ${plainText(line.text)}\n`;
}
