import type { RunnerEvent } from '../../model/event.ts';
import { npmFault } from '../../read/failures/npm-fault.ts';
import { shownTrace } from '../../read/failures/traceback.ts';
import type { Context } from '../context.ts';
import type { EndEvent, Listener } from './runner-client.ts';

/** How a plan ended, and what was learnt on the way. */
export interface Performed {
  readonly end: EndEvent;
  /** The id of the run, where it is an earlier command's with the same intent; null: our own. */
  readonly joined: string | null;
  /** Epoch seconds at which `live` was switched; null when it was not. */
  readonly liveAt: number | null;
  readonly facts: Readonly<Record<string, string>>;
  /** Files that the app wrote inside its release. */
  readonly written: readonly string[];
  readonly warnings: readonly string[];
}

/** Listens to a run: passes every event on, and keeps what the answer needs. */
export interface Notebook {
  readonly listener: Listener;
  /** Events so far: whoever follows the same run again has heard so many. */
  seen(): number;
  performed(end: EndEvent, joined: string | null): Performed;
}

export function notebook(context: Context): Notebook {
  let liveAt: number | null = null;
  let seen = 0;
  const facts: Record<string, string> = {};
  const written: string[] = [];
  const warnings: string[] = [];

  const onEvent = (event: RunnerEvent) => {
    seen += 1;
    context.report(event);
    if (event.type === 'step' && event.state === 'done' && event.id === 'switch.live') liveAt = event.at;
    warnings.push(...warningsOf(event));
    if (event.type === 'fact' && event.name === 'written') written.push(event.value);
    else if (event.type === 'fact') facts[event.name] = event.value;
  };
  const tell = () => {
    if (liveAt === null) return;
    const text = 'The new release is live already; what is left is finished. To go back then:  decant rollback';
    context.report({ type: 'note', level: 'warning', text });
  };
  context.signal.addEventListener('abort', tell);
  const detached = new Promise<void>(resolve => context.onSecondInterrupt(resolve));

  return {
    listener: { onEvent, signal: context.signal, detached },
    seen: () => seen,
    performed(end, joined) {
      context.signal.removeEventListener('abort', tell);
      return { end, joined, liveAt, facts, written, warnings };
    },
  };
}

/** The same listener, for one who hears the run from its beginning again. */
export function afterFirst(count: number, listener: Listener): Listener {
  let heard = 0;

  return {
    ...listener,
    onEvent(event) {
      heard += 1;
      if (heard > count) listener.onEvent(event);
    },
  };
}

function warningsOf(event: RunnerEvent): string[] {
  if (event.type !== 'step') return [];
  if (event.state === 'warned') return [`${event.title}: ${[event.failure.message, ...lastWords(event)].join(': ')}`];

  const detail = event.state === 'done' && event.phase === 'gate' ? event.detail : undefined;
  return detail?.startsWith('warning: ') ? [detail.slice('warning: '.length)] : [];
}

/** Of a build that was let fail: what npm said. */
function lastWords({ failure, phase }: Extract<RunnerEvent, { type: 'step'; state: 'failed' | 'warned' }>): string[] {
  if (phase !== 'build' || failure.output === undefined || failure.output.length === 0) return [];

  const fault = npmFault(failure.output);
  return [
    fault === null ? shownTrace(failure.output).slice(-3).join(' / ') : [fault.what, ...fault.evidence].join(' '),
  ];
}
