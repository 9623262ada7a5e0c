import type { ProblemSource } from '../problem.ts';

/** A file that is nested too deep is as good as absent: what it says is not known. */
const source: ProblemSource = {
  name: 'unparsed',
  problems({ scope }) {
    return scope.repository.unparsed().map(path => ({
      id: 'unparsed',
      fatal: false,
      message: `${path} nests too deep for decant; what it says is not looked at.`,
      place: `${path}:1`,
    }));
  },
};

export default source;
