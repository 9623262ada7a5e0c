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

function refusal(asked: Asked, of = profile) {
  try {
    refuseFatal(of, asked);
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

describe('what no choice mends', () => {
  const asked = { cwd: '/work', place, ref: undefined, subFolder: '.' };
  const refused = (...problems: object[]) => refusal(asked, { candidates: [], problems } as unknown as Profile);

  it('is told with what a person does about each reason, once', () => {
    const lfs = { id: 'lfs', fatal: true, message: 'Pointers.', place: '.gitattributes:1', next: ['git lfs pull'] };
    const line = { id: 'requirement-unknown', fatal: true, message: 'No requirement.', next: ['correct that line'] };
    expect(refused(line, lfs, lfs)).toMatchObject({
      code: 'requirement-unknown',
      evidence: ['Pointers.', 'Pointers.', '.gitattributes:1', '.gitattributes:1'],
      next: ['correct that line', 'git lfs pull', 'then the same command again'],
    });
  });

  it('names no entry as the way out', () => {
    expect(refused({ id: 'x', fatal: true, message: 'X.' })).toMatchObject({ next: ['decant inspect'] });
  });
});
