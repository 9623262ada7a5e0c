import { describe, expect, it } from 'vitest';
import { DecantError } from '../../base/errors.ts';
import type { Profile } from '../../model/profile.ts';
import { type Asked, refuseFatal } from './refuse-fatal.ts';

const choice = (folder: string) => ({ folder, entry: 'app:app', evidence: `${folder}/app.py:3` });
const profile = {
  candidates: [],
  problems: [{ id: 'several-apps', fatal: true, message: 'Several.', choices: [choice('one'), choice('o t/two')] }],
} as unknown as Profile;
const place = { identity: '/work/repo', folder: '/work/repo' };

function refusal(asked: Asked) {
  try {
    refuseFatal(profile, asked);
  } catch (error) {
    return error instanceof DecantError ? { exit: error.exit, ...error.trouble } : error;
  }
  return undefined;
}

describe('several apps in a repository', () => {
  it('are a command each, from where the person stands', () => {
    const asked = { cwd: '/work', place, ref: undefined, subFolder: '.' };
    expect(refusal(asked)).toMatchObject({
      exit: 3,
      code: 'several-apps',
      evidence: ['one/app.py:3  app:app', 'o t/two/app.py:3  app:app'],
      next: ['decant up repo/one', "decant up 'repo/o t/two'"],
    });
    const below = { cwd: '/work/repo/o t', place: { ...place, folder: '/work/repo/o t' }, subFolder: 'o t' };
    expect(refusal({ ...below, ref: 'v1.0' })).toMatchObject({ next: ['decant up ../one v1.0', 'decant up two v1.0'] });
  });

  it('of a URL are chosen in a clone', () => {
    const url = 'https://example.com/shop.git';
    const asked = { cwd: '/work', place: { identity: url, folder: '/home/clones/1' }, ref: undefined, subFolder: '.' };
    expect(refusal(asked)).toMatchObject({
      next: [`git clone ${url} shop`, 'decant up shop/one', "decant up 'shop/o t/two'"],
    });
    const secret = { ...asked.place, identity: 'https://tok:S3CRET@example.com/shop.git' };
    expect(JSON.stringify(refusal({ ...asked, place: secret }))).not.toContain('S3CRET');
  });
});
