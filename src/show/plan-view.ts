import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { PlanAnswer, PlannedFile } from '../model/answers.ts';
import type { Action, Step } from '../model/plan.ts';
import { releaseName } from './release-name.ts';
import type { View } from './view.ts';
import { padded, width } from './width.ts';

type Sign = '+' | '~' | '-' | ' ';

/** What `decant plan` prints: the steps by phase with their reasons, the files as diffs, and a count. */
export function planView(answer: PlanAnswer, view: View): string {
  const { colours, glyphs } = view;
  const what = releaseName({ ...answer, release: answer.release ?? answer.live });
  const title = `${colours.bold(`${answer.app} ${glyphs.arrow} ${answer.target}`)}   ${what}`;
  if (answer.plan === null) return `${title}\n\nNothing to do: everything is as wanted.\n`;
  const before = new Map(answer.files.map(file => [file.path, file.before]));
  const signed = answer.plan.steps.map(step => ({ step, sign: signOf(step.action, before) }));
  const parts = [
    `${title}\n`,
    ...phaseBlocks(signed, view),
    ...answer.files.map(file => fileDiff(file, view)),
    answer.warnings.map(text => `${colours.yellow(glyphs.warning)} ${text}\n`).join(''),
    `${count(signed.map(({ sign }) => sign))}\n`,
  ];
  return parts.filter(part => part !== '').join('\n');
}

interface Signed {
  readonly step: Step;
  readonly sign: Sign;
}

function phaseBlocks(steps: readonly Signed[], view: View): string[] {
  const phases = [...new Set(steps.map(({ step }) => step.phase))];
  const titles = Math.max(...steps.map(({ step }) => width(step.title)));
  return phases.map(phase => {
    const lines = steps
      .filter(({ step }) => step.phase === phase)
      .map(
        ({ step, sign }) => `  ${coloured(sign, view)} ${padded(step.title, titles)}  ${view.colours.dim(step.why)}\n`,
      );
    return `${view.colours.bold(phaseTitle(phase, view))}\n${lines.join('')}`;
  });
}

function phaseTitle(phase: string, view: View): string {
  return phase === 'switch' ? `switch ${view.glyphs.rule.repeat(24)} traffic moves here` : phase;
}

/** The file's unified diff; '' when its text stays. */
export function fileDiff(file: PlannedFile, view: View): string {
  if (file.before === file.after) return '';
  const old = file.before === undefined ? '/dev/null' : file.path;
  const patch = createTwoFilesPatch(old, file.path, file.before ?? '', file.after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return diffColours(patch, view);
}

/** A unified diff with its lines in green and red. */
export function diffColours(patch: string, view: View): string {
  return patch
    .split('\n')
    .map(line => {
      if (/^(\+\+\+|---|diff |index )/.test(line)) return view.colours.bold(line);
      if (line.startsWith('+')) return view.colours.green(line);
      if (line.startsWith('-')) return view.colours.red(line);
      return line.startsWith('@@') ? view.colours.cyan(line) : line;
    })
    .join('\n');
}

/** `+` makes something, `~` changes what is there, `-` takes away, blank only looks or waits. */
function signOf(action: Action, before: ReadonlyMap<string, string | undefined>): Sign {
  switch (action.do) {
    case 'write':
      return before.get(action.path) === undefined ? '+' : '~';
    case 'run':
    case 'mkdir':
    case 'share':
    case 'snapshot':
    case 'seal':
    case 'serve':
      return '+';
    case 'link':
    case 'restore':
      return '~';
    case 'remove':
    case 'clear':
    case 'unserve':
      return '-';
    case 'process':
      return action.change === 'start' ? '+' : '-';
    case 'hold':
    case 'unhold':
    case 'wait':
    case 'note':
    case 'written':
      return ' ';
    default: {
      const never: never = action;
      return never;
    }
  }
}

function coloured(sign: Sign, view: View): string {
  if (sign === '+') return view.colours.green(sign);
  if (sign === '-') return view.colours.red(sign);
  return sign === '~' ? view.colours.yellow(sign) : sign;
}

function count(signs: readonly Sign[]): string {
  const of = (sign: Sign): number => signs.filter(each => each === sign).length;
  return `Plan: ${signs.length} steps: ${of('+')} to make, ${of('~')} to change, ${of('-')} to remove. Nothing was done. Run  decant up  to do it.`;
}
