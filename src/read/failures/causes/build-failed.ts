import { defineFailure } from '../failure.ts';
import { failedBuild } from './build-tools-missing.ts';

export default defineFailure({
  code: 'build-failed',
  means: 'A package has no wheel here, and its own build fails',
  rank: 28,
  person: true,
  match: ({ output, phase, python }) => {
    const dependency = failedBuild(output);
    if (phase !== 'build' || dependency === undefined) return null;

    const errors = output.filter(
      line => /\berror:|^\s*\w*(?:Error|Exception)\b/i.test(line) && !/^\s*error: (?:Failed|command)/i.test(line),
    );
    return {
      what: `${dependency} has no wheel for Python ${python}, and building it fails.`,
      evidence: errors.slice(0, 3).map(line => line.trim()),
      next: [
        `Pin a newer ${dependency.replace(/[=<>!~[ ].*/, '')}, one that has wheels for Python ${python}`,
        'or declare the Python that it was made for, in .python-version',
      ],
    };
  },
});
