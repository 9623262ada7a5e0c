import { sha256 } from '../base/hash.ts';
import type { Plan, Step } from '../model/plan.ts';

/** Steps, and the contents of the files that they write, by blob name. Contents never stand in the plan. */
export interface Draft {
  readonly steps: readonly Step[];
  readonly blobs: Readonly<Record<string, string>>;
}

/** A plan with the blobs that travel beside it. */
export interface Decision {
  readonly plan: Plan;
  readonly blobs: Readonly<Record<string, string>>;
}

export function joined(...drafts: readonly Draft[]): Draft {
  return {
    steps: distinct(drafts.flatMap(draft => draft.steps)),
    blobs: Object.assign({}, ...drafts.map(draft => draft.blobs)),
  };
}

/** A name as a part of a step's id, which is lower case, digits, dots and dashes. */
export function idPart(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
}

export function steps(...list: readonly Step[]): Draft {
  return { steps: distinct(list), blobs: {} };
}

/** Two names may give one id ("a/b" and "a-b"), and the journal knows a step by nothing else: the later gets a number. */
function distinct(list: readonly Step[]): Step[] {
  const own = new Set(list.map(({ id }) => id));
  const taken = new Set<string>();

  return list.map(step => {
    let { id } = step;
    for (let number = 2; taken.has(id) || (id !== step.id && own.has(id)); number += 1) id = `${step.id}-${number}`;
    taken.add(id);
    return id === step.id ? step : { ...step, id };
  });
}

/** A step that writes a text to a file. `mode` 0600 for whatever may hold a secret. */
export function fileWrite(
  step: Omit<Step, 'action'>,
  file: { readonly path: string; readonly text: string; readonly mode: '0600' | '0644' },
): Draft {
  const blob = sha256(file.text);
  const action = { do: 'write', path: file.path, blob, mode: file.mode } as const;

  return { steps: [{ ...step, action }], blobs: { [blob]: file.text } };
}
