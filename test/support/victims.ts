import { readFileSync } from 'node:fs';

/** The processes of a deploy. tail: the runner's client end, which tells decant the events. */
export const victims = ['cli', 'tail', 'runner', 'keeper', 'front'] as const;
export type Victim = (typeof victims)[number];

/** The child of decant that submits a plan, or follows a run; undefined when there is none now. */
export function tailOf(cli: number): number | undefined {
  const children = read(`/proc/${cli}/task/${cli}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.find(pid => /\0(?:submit|attach|recover)\0/.test(read(`/proc/${pid}/cmdline`)));
}

/** kill -9; false when the process had ended by itself. */
export function killed(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
