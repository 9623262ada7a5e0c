import { describe, expect, it } from 'vitest';
import type { Step } from '../model/plan.ts';
import { idPart, joined, steps } from './draft.ts';

const share = (path: string): Step => ({
  id: `state.share:${idPart(path)}`,
  title: path,
  why: 'a test',
  phase: 'state',
  action: { do: 'share', path: `/release/${path}`, shared: `/shared/${path}`, kind: 'folder' },
});
const ids = (list: readonly Step[]) => list.map(({ id }) => id);

describe('the ids of steps', () => {
  it('differ where names give the same one', () => {
    const draft = steps(share('a/b'), share('a-b'), share('a b'), share('c'));
    expect(ids(draft.steps)).toEqual(['state.share:a-b', 'state.share:a-b-2', 'state.share:a-b-3', 'state.share:c']);
    expect(draft.steps.map(({ title }) => title)).toEqual(['a/b', 'a-b', 'a b', 'c']);
  });

  it('never take one that a name gives by itself', () => {
    const draft = steps(share('a/b'), share('a-b'), share('a-b-2'));
    expect(ids(draft.steps)).toEqual(['state.share:a-b', 'state.share:a-b-3', 'state.share:a-b-2']);
  });

  it('differ across drafts', () => {
    const draft = joined(steps(share('a/b'), share('a-b')), steps(share('a-b-2'), share('a.b'), share('A-B')));
    expect(ids(draft.steps)).toEqual([
      'state.share:a-b',
      'state.share:a-b-2',
      'state.share:a-b-2-2',
      'state.share:a.b',
      'state.share:a-b-3',
    ]);
  });
});
