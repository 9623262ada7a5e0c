import { expect, it } from 'vitest';
import type { Context } from '../context.ts';
import type { Performed } from './notebook.ts';
import { activatedAnswer } from './up-answer.ts';

const context = { target: 'local', began: 100, now: () => 110, environment: { HOME: '/nobody' } } as unknown as Context;
const about = {
  app: 'shop',
  address: { host: '::1', port: 8000 },
  state: { live: 'v2', previous: 'v1' },
  version: 'v3',
  commit: 'c0ffee',
  subject: null,
  dirty: false,
};

it('says what was live before, and how long it took until the new release served', () => {
  const performed = { liveAt: 104 } as Performed;
  const answer = activatedAnswer(context, { ...about, performed }, { warnings: ['slow'], environment_changed: ['A'] });
  expect(answer).toMatchObject({ release: 'v3', previous: 'v2', changed: true, seconds: 10, live_seconds: 4 });
  expect(answer).toMatchObject({ url: 'http://[::1]:8000', warnings: ['slow'], environment_changed: ['A'] });
});

it('says what is live where nothing had to be done', () => {
  const answer = activatedAnswer(context, { ...about, performed: null }, {});
  expect(answer).toMatchObject({ release: 'v2', previous: 'v1', changed: false, live_seconds: null, assumed: [] });
});
