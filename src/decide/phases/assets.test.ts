import { expect, it } from 'vitest';
import { layout } from '../../base/layout.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Profile } from '../../model/profile.ts';
import { assetSteps } from './assets.ts';

const found = {
  root: '.',
  build: ['npm --prefix client ci', 'npm --prefix client run build'],
  unbuilt: [{ path: 'client/dist', evidence: 'app.py:3' }],
  evidence: { build: 'client/package.json:5' },
} as unknown as Profile;

function steps(profile: Profile, npm: string | null) {
  const facts = {
    profile,
    version: 'v1',
    layout: layout('/state/apps/x', '/tmp/x'),
    host: { npm, node: '/opt/node/bin/node' },
  };
  const deployment = { ...facts, install: { projects: [] }, environment: {} } as unknown as Deployment;
  return assetSteps(deployment);
}

it('gives no variable of the app to what installs packages of others', () => {
  const [install, build] = steps(found, '/opt/node/bin/npm').map(({ action }) => action);
  expect(install).not.toHaveProperty('envFile');
  expect(build).toMatchObject({ envFile: '/state/apps/x/releases/v1/env' });
});

it('leaves a front end out where there is no npm, and looks for what the app serves', () => {
  expect(steps(found, null).map(({ id, title }) => [id, title])).toEqual([
    ['build.served', 'Without npm, look for what it builds'],
  ]);
});

it('runs what a person wrote down, and removes nothing after it', () => {
  const own = { ...found, build: ['npm ci'], unbuilt: [], evidence: { build: 'decant.yaml:4' } };
  expect(steps(own, null).map(({ action }) => action)).toMatchObject([{ argv: ['npm', 'ci'] }]);
  expect(steps(own, '/usr/bin/npm').map(({ id }) => id)).toEqual(['build.command:1']);
});

it('keeps packages that pages ask for', () => {
  const served = { ...found, unbuilt: [{ path: 'client/node_modules/x/x.js', evidence: 'a.html:1' }] };
  expect(steps(served, '/usr/bin/npm').map(({ id }) => id)).not.toContain('build.npm-clean:1');
});
