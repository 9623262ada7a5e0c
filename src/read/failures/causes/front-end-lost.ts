import { defineFailure } from '../failure.ts';

export default defineFailure({
  code: 'front-end-lost',
  means: 'What the live release serves of a front end would be missing in the new one',
  rank: 21,
  person: true,
  match: ({ step, reason, message, profile }) => {
    if (step !== 'build.kept' || reason !== 'check') return null;

    const script = profile.build.findLast(command => command.startsWith('npm '));
    return {
      what: 'The live release serves files of a front end that the new one does not have.',
      evidence: [message],
      next: [
        ...(script === undefined ? [] : [`${script}    # here: says why nothing came of it`]),
        'or give them up, in decant.yaml: build: []',
      ],
    };
  },
});
