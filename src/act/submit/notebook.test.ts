import { expect, it } from 'vitest';
import type { RunnerEvent } from '../../model/event.ts';
import type { Context } from '../context.ts';
import { notebook } from './notebook.ts';

function listening(): { said: string[]; hear: (event: object) => void; interrupt: () => void } {
  const said: string[] = [];
  const interrupt = new AbortController();
  const context = {
    signal: interrupt.signal,
    onSecondInterrupt: () => {},
    report: (event: { type: string; text?: string }) => event.type === 'note' && said.push(event.text ?? ''),
  } as unknown as Context;
  const { listener } = notebook(context);

  return { said, hear: event => listener.onEvent(event as RunnerEvent), interrupt: () => interrupt.abort() };
}

it('tells at once that a cancel came after the switch', () => {
  const { said, hear, interrupt } = listening();
  hear({ type: 'step', id: 'switch.live', state: 'done', phase: 'switch', at: 7 });
  interrupt();
  expect(said).toEqual([expect.stringContaining('live already')]);
});

it('says nothing of it before', () => {
  const { said, hear, interrupt } = listening();
  hear({ type: 'step', id: 'switch.previous', state: 'done', phase: 'switch', at: 7 });
  interrupt();
  expect(said).toEqual([]);
});
