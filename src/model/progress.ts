import type { RunnerEvent } from './event.ts';

/** Everything that a reporter can be told: what the runner says, and what the client does around it. */
export type ProgressEvent = RunnerEvent | ClientTask | ClientNote | ClientResult;

/** Work on the client's side: reading the repository, fetching, finding an interpreter. `id` pairs its start and end. */
export type ClientTask = { readonly type: 'task'; readonly id: string; readonly title: string } & (
  | { readonly state: 'started' }
  | { readonly state: 'done'; readonly seconds: number; readonly detail?: string }
  | { readonly state: 'failed'; readonly seconds: number; readonly detail?: string }
);

/** One sentence for people: something assumed, a port taken, how to re-attach. */
export interface ClientNote {
  readonly type: 'note';
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** The last event of all. Emitted by `cli/main.ts` only. */
export interface ClientResult {
  readonly type: 'result';
  readonly answer: object;
}
