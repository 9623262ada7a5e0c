import { defineFailure } from '../failure.ts';

export default defineFailure({
  code: 'port-taken',
  means: 'Another program holds the port',
  rank: 10,
  person: true,
  match: ({ reason, message }) => {
    if (reason !== 'taken') return null;

    return {
      what: 'The port is already in use on this machine.',
      evidence: [message],
      next: ['decant up --port PORT    # another one', 'or stop the program that holds it, then: decant up'],
    };
  },
});
