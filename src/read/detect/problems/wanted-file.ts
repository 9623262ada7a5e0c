import { ownFileWords } from '../../brought-file.ts';
import type { ProblemSource } from '../problem.ts';
import { inRepository, wantedFiles } from '../wanted-files.ts';

/** A file of settings that the app reads and git does not have: it is kept outside of releases, and people bring it. */
const source: ProblemSource = {
  name: 'wanted file',
  problems: app =>
    wantedFiles(app).map(({ path, sample, evidence }) => {
      const like = sample === undefined ? null : inRepository(app.scope, sample);
      const file = { path: inRepository(app.scope, path), sample: like };
      const message = `${ownFileWords(file)} decant plan says how to bring this machine's own.`;
      return { id: 'wanted-file', message, place: evidence, file };
    }),
};

export default source;
