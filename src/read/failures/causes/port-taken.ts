import { defineFailure } from '../failure.ts';

export default defineFailure({
  code: 'port-taken',
  means: 'Another program holds the port',
  rank: 10,
  person: true,
  match: ({ reason, message }) => {
    if (reason !== 'taken') return null;

    const [, other] = /, which serves ([a-z0-9-]+)$/.exec(message) ?? [];
    const holder = other === undefined ? 'stop the program that holds it' : `decant stop -a ${other}`;
    return {
      what: 'The port is already in use on this machine.',
      evidence: [message],
      next: ['decant up --port PORT    # another one', `or ${holder}, then: decant up`],
    };
  },
});
