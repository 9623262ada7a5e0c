import { defineFailure, type Explanation } from '../failure.ts';

export default defineFailure({
  code: 'port-taken',
  means: 'Another program holds the port',
  rank: 10,
  person: true,
  match: ({ reason, message, output }) => {
    if (reason !== 'taken') return neededByApp(output);

    const [, other] = /, which serves ([a-z0-9-]+)$/.exec(message) ?? [];
    const holder = other === undefined ? 'stop the program that holds it' : `decant stop -a ${other}`;
    return {
      what: 'The port is already in use on this machine.',
      evidence: [message],
      next: ['decant up --port PORT    # another one', `or ${holder}, then: decant up`],
    };
  },
});

/** The relay's own words for an app that insists on a port (act/runner/decant_runner/relay/main.py). */
function neededByApp(output: readonly string[]): Explanation | null {
  const [line, port] =
    /^decant: the port (\d+) that it needs is in use by .+/.exec(
      output.findLast(each => each.startsWith('decant: ')) ?? '',
    ) ?? [];
  if (line === undefined) return null;

  return {
    what: `The app listens on port ${port}, and another program has it.`,
    evidence: [line.replace(/^decant: /, '')],
    next: ['stop that program, then: decant up', 'or let the app listen on the port that the variable PORT names'],
  };
}
