import type { ProgressEvent } from '../model/progress.ts';

/** A step or task that has begun and not ended. */
export interface Running {
  readonly id: string;
  readonly phase: string;
  readonly title: string;
  /** Epoch seconds. */
  readonly since: number;
  /** The newest line of its output. */
  readonly last: string;
}

/** What runs after this event, given what ran before it. */
export function runningAfter(before: readonly Running[], event: ProgressEvent, now: number): readonly Running[] {
  switch (event.type) {
    case 'step':
    case 'task': {
      const others = before.filter(each => each.id !== event.id);
      if (event.state !== 'started') return others;
      const phase = event.type === 'step' ? event.phase : '';
      return [...others, { id: event.id, phase, title: event.title, since: now, last: '' }];
    }
    case 'output':
      return before.map(each => (each.id === event.id ? { ...each, last: event.line } : each));
    case 'undo': {
      const others = before.filter(each => each.id !== `undo:${event.id}`);
      if (event.state !== 'started') return others;
      return [...others, { id: `undo:${event.id}`, phase: 'undo', title: event.title, since: now, last: '' }];
    }
    case 'end':
    case 'result':
      return [];
    default:
      return before;
  }
}
