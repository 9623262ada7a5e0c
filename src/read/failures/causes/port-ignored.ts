import { defineFailure } from '../failure.ts';

export default defineFailure({
  code: 'port-ignored',
  means: "The app's own server listens on another port than the one that it was given",
  rank: 58,
  person: true,
  match: ({ output, profile }) => {
    // The relay's own words (act/runner/decant_runner/relay/main.py).
    const line = output.findLast(each => /^decant: the program listens on port \d+ and not on \d+/.test(each));
    const port = /on port (\d+)/.exec(line ?? '')?.[1];
    if (line === undefined || port === undefined) return null;

    const place = profile.evidence.listens;
    return {
      what: `The app listens on port ${port}, and not on the one that it was given.`,
      evidence: [line.replace(/^decant: /, ''), ...(place === undefined ? [] : [place])],
      next: [
        `listens: ${port}   # in decant.yaml: it insists on this port; or let it take the one in PORT`,
        'decant up',
      ],
    };
  },
});
