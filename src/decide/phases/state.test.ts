import { describe, expect, it } from 'vitest';
import { appState } from '../../../test/support/app-state.ts';
import { layout } from '../../base/layout.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { StatePath } from '../../model/profile.ts';
import { stateLinks } from './state.ts';

const instance: StatePath = { path: 'instance', kind: 'folder', evidence: 'shop/__init__.py:9' };
const database: StatePath = { path: 'shop.db', kind: 'file', evidence: 'shop/__init__.py:4' };

function actions(state: readonly StatePath[], changes: Partial<Deployment>): unknown[] {
  const deployment = {
    layout: layout('/state', '/run'),
    version: 'v1',
    state: appState({}),
    profile: { root: '.', state },
    install: { projects: [] },
    ...changes,
  } as unknown as Deployment;
  return stateLinks(deployment).steps.map(({ action }) => (action.do === 'run' ? action.argv : [action.do]));
}

describe('--with-state', () => {
  it('copies folders into theirs, and files beside, after each has its place', () => {
    const copies = [
      { from: '/folder/instance/', path: 'instance/' },
      { from: '/folder/shop.db', path: 'shop.db' },
    ];
    expect(actions([instance, database], { copies })).toEqual([
      ['share'],
      ['mkdir'],
      ['cp', '-R', '-p', '/folder/instance/.', '/state/shared/instance'],
      ['share'],
      ['mkdir'],
      ['cp', '-R', '-p', '/folder/shop.db', '/state/shared/shop.db'],
    ]);
  });

  it('copies single files of a folder that git has', () => {
    const copies = [{ from: '/folder/instance/a/dev.db', path: 'instance/a/dev.db' }];
    expect(actions([instance], { copies }).at(-1)).toEqual([
      'cp',
      '-R',
      '-p',
      '/folder/instance/a/dev.db',
      '/state/shared/instance/a/dev.db',
    ]);
  });

  it('copies nothing over state that is there', () => {
    const copies = [{ from: '/folder/instance/', path: 'instance/' }];
    expect(actions([instance], { copies, state: appState({ shared: ['instance'] }) })).toEqual([['share']]);
  });
});
