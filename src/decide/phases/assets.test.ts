import { expect, it } from 'vitest';
import { layout } from '../../base/layout.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Profile } from '../../model/profile.ts';
import { assetSteps } from './assets.ts';
import { publicVariables } from './public-variables.ts';

const found = {
  root: '.',
  build: ['npm --prefix client ci', 'npm --prefix client run build'],
  unbuilt: [{ path: 'client/dist', evidence: 'app.py:3', built: true }],
  evidence: { build: 'client/package.json:5' },
} as unknown as Profile;

function steps(profile: Profile, npm: string | null, more: Partial<Deployment> = {}) {
  const facts = {
    state: { live: null },
    environment: {},
    profile,
    version: 'v1',
    layout: layout('/state/apps/x', '/tmp/x'),
    host: { npm, node: '/opt/node/bin/node', home: '/state' },
    ...more,
  };
  const deployment = { ...facts, install: { projects: [] } } as unknown as Deployment;
  return assetSteps(deployment);
}

it('gives no variable of the app to what installs packages of others', () => {
  const [install, build] = steps(found, '/opt/node/bin/npm').map(({ action }) => action);
  expect(install).not.toHaveProperty('envFile');
  expect(build).not.toHaveProperty('envFile');
  expect([install, build]).toMatchObject(Array(2).fill({ env: { npm_config_cache: '/state/cache/npm' } }));
});

it('gives a build the variables that are public by their names, and no other', () => {
  const environment = { SECRET_KEY: 'a', VITE_API: '/api', NODE_ENV: 'production', MY_VITE_KEY: 'b' };
  const [install, build] = steps(found, '/opt/node/bin/npm', { environment }).map(({ action }) => action);
  expect(install).not.toHaveProperty('envFile');
  expect(build).toMatchObject({ envFile: '/state/apps/x/releases/v1/public.env' });
  const draft = publicVariables({
    profile: found,
    environment,
    version: 'v1',
    layout: layout('/state/apps/x', '/tmp/x'),
  } as unknown as Deployment);
  expect(draft.steps).toMatchObject([{ action: { path: '/state/apps/x/releases/v1/public.env', mode: '0600' } }]);
  const [text] = Object.values(draft.blobs);
  expect(text).toContain('VITE_API=');
  expect(text).toContain('NODE_ENV=');
  expect(text).not.toMatch(/SECRET_KEY|MY_VITE_KEY/);
});

it('lets a build fail that nobody declared, but for what the live release serves', () => {
  const live = { state: { live: 'v0' } } as unknown as Partial<Deployment>;
  const tolerant = (profile: Profile) =>
    steps(profile, '/usr/bin/npm', live).map(step => [step.id, step.tolerant === true]);
  expect(tolerant(found)).toEqual([
    ['build.command:1', true],
    ['build.command:2', true],
    ['build.npm-clean:1', false],
    ['build.kept', false],
    ['build.served', true],
  ]);
  expect(tolerant({ ...found, evidence: { build: 'decant.yaml:4' } })).toContainEqual(['build.command:2', false]);
  expect(tolerant({ ...found, build: [] })).toEqual([['build.served', true]]);
  expect(tolerant({ ...found, unbuilt: [{ path: 'static/x.js', evidence: 'a.html:1' }] })).not.toContainEqual([
    'build.kept',
    false,
  ]);
  const check = steps(found, null, live).find(({ id }) => id === 'build.kept')?.action;
  expect(check).toMatchObject({
    check: { before: '/state/apps/x/releases/v0/code', files: [{ path: 'client/dist' }] },
  });
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
