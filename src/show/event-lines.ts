import type { StepFailure } from '../model/event.ts';
import type { ProgressEvent } from '../model/progress.ts';
import { duration } from './durations.ts';
import { plainText } from './plain-text.ts';
import type { View } from './view.ts';
import { padded } from './width.ts';

/** A step that took less is not worth a line, except the switch. */
const worthSeconds = 0.05;
const outputLines = 12;
const phaseWidth = 9;

export interface Wanted {
  readonly verbose: boolean;
  readonly quiet: boolean;
}

type Look = Omit<View, 'now' | 'columns'>;

/** The lines that stay on the screen after an event: none for most. */
export function eventLines(event: ProgressEvent, look: Look, wanted: Wanted): readonly string[] {
  switch (event.type) {
    case 'step':
      return stepLines(event, look, wanted);
    case 'task':
      return taskLines(event, look, wanted);
    case 'undo':
      return undoLines(event, look);
    case 'note':
      return noteLines(event, look, wanted);
    case 'output':
      return wanted.verbose ? [`      ${look.colours.dim(plainText(event.line))}`] : [];
    case 'recover':
      return [
        `  ${look.colours.yellow(look.glyphs.warning)} an earlier run was torn; ${recovery(event.decision)} it first`,
      ];
    case 'cancel':
      return [`  ${look.colours.yellow(look.glyphs.warning)} cancelling`];
    case 'hello':
    case 'fact':
    case 'end':
    case 'result':
      return [];
    default: {
      const never: never = event;
      return never;
    }
  }
}

function stepLines(event: Extract<ProgressEvent, { type: 'step' }>, look: Look, wanted: Wanted): readonly string[] {
  const { colours, glyphs } = look;
  const name = `${colours.dim(padded(event.phase, phaseWidth))}  ${event.title}`;
  if (event.state === 'started') return [];
  if (event.state === 'done') {
    const quick = event.seconds < worthSeconds && event.phase !== 'switch';
    if (wanted.quiet || (quick && !wanted.verbose)) return [];
    return [`  ${colours.green(glyphs.done)} ${name}${detail(event.detail, look)}${took(event.seconds, look)}`];
  }
  const sign = event.state === 'failed' ? colours.red(glyphs.failed) : colours.yellow(glyphs.warning);
  return [`  ${sign} ${name}${took(event.seconds, look)}`, ...failureLines(event, look, wanted)];
}

/** The error that follows a failed step tells what matters of its output, and the logs have all of it. */
function failureLines(
  { state, failure }: { readonly state: 'failed' | 'warned'; readonly failure: StepFailure },
  look: Look,
  wanted: Wanted,
): readonly string[] {
  const message = `      ${plainText(failure.message)}`;
  if (state === 'failed' && !wanted.verbose) return [message];
  const output = (failure.output ?? []).slice(-outputLines).map(line => `      ${look.colours.dim(plainText(line))}`);
  return [message, ...output];
}

function taskLines(event: Extract<ProgressEvent, { type: 'task' }>, look: Look, wanted: Wanted): readonly string[] {
  const { colours, glyphs } = look;
  if (event.state === 'started') return [];
  const name = `${' '.repeat(phaseWidth)}  ${event.title}${detail(event.detail, look)}${took(event.seconds, look)}`;
  if (event.state === 'failed') return [`  ${colours.red(glyphs.failed)} ${name}`];
  const quick = event.seconds < worthSeconds;
  return wanted.quiet || (quick && !wanted.verbose) ? [] : [`  ${colours.green(glyphs.done)} ${name}`];
}

function undoLines(event: Extract<ProgressEvent, { type: 'undo' }>, look: Look): readonly string[] {
  const { colours, glyphs } = look;
  if (event.state === 'started') return [];
  const name = `${colours.dim(padded('undo', phaseWidth))}  ${event.title}${detail(event.detail, look)}`;
  if (event.state === 'failed') return [`  ${colours.red(glyphs.failed)} ${name}`];
  return [`  ${colours.yellow(glyphs.undone)} ${name}`];
}

function noteLines(event: Extract<ProgressEvent, { type: 'note' }>, look: Look, wanted: Wanted): readonly string[] {
  const { colours, glyphs } = look;
  if (event.level === 'warning') return [`  ${colours.yellow(glyphs.warning)} ${event.text}`];
  return wanted.quiet ? [] : [`  ${colours.dim(glyphs.dot)} ${event.text}`];
}

function recovery(decision: 'undo' | 'finish'): string {
  return decision === 'undo' ? 'undoing' : 'finishing';
}

function detail(text: string | undefined, look: Look): string {
  return text === undefined || text === '' ? '' : look.colours.dim(` ${look.glyphs.dot} ${plainText(text)}`);
}

function took(seconds: number, look: Look): string {
  return look.colours.dim(`  ${duration(seconds)}`);
}
