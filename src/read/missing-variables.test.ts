import { describe, expect, it } from 'vitest';
import { missingWarning } from './missing-variables.ts';

const variable = { required: true, secret: true, default: null };
const profile = {
  environment: [
    { ...variable, name: 'API_KEY', source: 'app.py:7' },
    { ...variable, name: 'CURRENCY', source: 'pay.py:5' },
    { ...variable, name: 'COLOUR', source: 'app.py:9', required: false },
  ],
};
const about = { app: 'shop', target: 'local', after: '' };

describe('missingWarning', () => {
  it('names each required variable that is not set, with its place, and one command for all', () => {
    expect(missingWarning(profile, { ...about, given: [] })).toBe(
      'The app needs what is not set: API_KEY (app.py:7), CURRENCY (pay.py:5). ' +
        'Set it with  decant config set API_KEY=… CURRENCY=… -a shop',
    );
    expect(missingWarning(profile, { ...about, given: ['API_KEY'], after: ' -C work/shop' })).toMatch(
      /: CURRENCY \(pay\.py:5\)\. Set it with {2}decant config set CURRENCY=… -a shop -C work\/shop$/,
    );
  });

  it('is silent when all are set', () => {
    expect(missingWarning(profile, { ...about, given: ['API_KEY', 'CURRENCY'] })).toBeNull();
  });
});
