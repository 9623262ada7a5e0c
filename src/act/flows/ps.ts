import type { ProcessesAnswer } from '../../model/answers.ts';
import type { Context } from '../context.ts';
import { knownApp } from '../gather/known-app.ts';
import { memoryBytes } from '../gather/memory.ts';

/** Every process of the app: the keeper, the front, and what they keep. */
export async function ps(context: Context): Promise<ProcessesAnswer> {
  const { state, record } = await knownApp(context);
  const { keep } = state;

  return {
    ok: true,
    app: record.name,
    target: context.target,
    live: state.live,
    front: keep === null ? null : { ...keep.front, memory_bytes: memoryBytes(keep.front.pid) },
    keeper: keep === null ? null : { pid: keep.pid, started: keep.started, memory_bytes: memoryBytes(keep.pid) },
    processes: keep?.processes ?? [],
  };
}
