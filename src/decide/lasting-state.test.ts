import { expect, it } from 'vitest';
import { lastingState } from './lasting-state.ts';

const file = (path: string) => ({ path, kind: 'file' as const });
const folder = (path: string) => ({ path, kind: 'folder' as const });
const state = (path: string) => ({ path, kind: 'file' as const, evidence: 'app.py:1' });
const kept = (
  linked: readonly ReturnType<typeof file | typeof folder>[],
  known: string[],
  paths: string[] = [],
  root = '.',
) => lastingState({ root, state: known.map(state) }, { linked, live: 'v4' }, paths).map(({ path }) => path);

it('keeps what the live release has linked and the new code does not name', () => {
  expect(kept([file('notes.db'), folder('instance')], ['instance'])).toEqual(['notes.db']);
  expect(lastingState({ root: '.', state: [] }, { linked: [file('notes.db')], live: 'v4' }, [])).toEqual([
    { path: 'notes.db', kind: 'file', evidence: 'v4' },
  ]);
});

it('says nothing of what lies inside or around a known path', () => {
  expect(kept([file('instance/a.db'), folder('data')], ['instance', 'data/b.db'])).toEqual([]);
});

it('counts from the root of the app', () => {
  expect(kept([file('web/notes.db'), file('other.db')], [], [], 'web')).toEqual(['notes.db']);
});

it('lets a folder go in which the new code has modules', () => {
  expect(kept([folder('data')], [], ['data/__init__.py'])).toEqual([]);
  expect(kept([folder('data')], [], ['data/seed.csv'])).toEqual(['data']);
});
