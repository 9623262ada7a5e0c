import type { ProcessesAnswer } from '../model/answers.ts';
import type { ProcessState } from '../model/state.ts';
import { bytes } from './bytes.ts';
import { duration } from './durations.ts';
import { type Column, table } from './table.ts';
import type { View } from './view.ts';

const columns: readonly Column[] = [
  { header: 'PROCESS' },
  { header: 'RELEASE' },
  { header: 'STATE' },
  { header: 'PID', align: 'right' },
  { header: 'UP', align: 'right' },
  { header: 'RESTARTS', align: 'right' },
  { header: 'MEMORY', align: 'right' },
  { header: 'LAST END' },
];

/** `decant ps`: what the keeper runs, and the keeper and the front themselves. */
export function processTable(answer: ProcessesAnswer, view: View): string {
  const up = (started: number | null): string => (started === null ? '' : duration(view.now - started));
  const memory = (count: number | null): string => (count === null ? '' : bytes(count));
  const rows = answer.processes.map(each => [
    each.process,
    each.release,
    stateWord(each.state, view),
    String(each.pid ?? ''),
    up(each.started),
    String(each.restarts),
    memory(each.memory_bytes),
    each.exit ?? '',
  ]);
  const { front, keeper } = answer;
  if (front !== null)
    rows.push([
      'front',
      '',
      stateWord(front.state, view),
      String(front.pid ?? ''),
      up(front.started),
      String(front.restarts),
      memory(front.memory_bytes),
      '',
    ]);
  if (keeper !== null)
    rows.push([
      'keep',
      '',
      stateWord('running', view),
      String(keeper.pid),
      up(keeper.started),
      '',
      memory(keeper.memory_bytes),
      '',
    ]);
  if (rows.length === 0) return `Nothing of ${answer.app} is running. Start it with  decant start\n`;
  return table(columns, rows, view);
}

/** A process state, coloured by whether somebody should look. */
export function stateWord(state: ProcessState, view: View): string {
  if (state === 'running') return view.colours.green(state);
  return state === 'failed' ? view.colours.red(state) : view.colours.yellow(state);
}
