import type { ProblemSource } from '../problem.ts';
import { randomKey } from '../random-key.ts';

/** A key that is made anew at each start: sessions hold in one process only, and until its next start. */
const source: ProblemSource = {
  name: 'random secret key',
  problems(app) {
    const place = randomKey(app);
    const message =
      'The secret key is made anew at each start: one worker process is used, so that logins hold, and each release and restart logs everybody out. Read it from the environment instead: os.environ["SECRET_KEY"], which decant makes and keeps.';
    return place === undefined ? [] : [{ id: 'random-key', message, place }];
  },
};

export default source;
