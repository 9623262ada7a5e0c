import { dockerfilePaths, isForDevelopment } from '../dockerfile.ts';
import type { EntryCandidate, EntrySource } from '../entry.ts';
import { imageOf } from '../image.ts';
import { imageCandidates } from '../image-entry.ts';

/** CMD, ENTRYPOINT (and the scripts that they call) and FLASK_APP of the Dockerfiles, in the folder that they copy. */
const source: EntrySource = {
  name: 'Dockerfile',
  trust: 85,
  production: true,
  candidates: scope =>
    dockerfilePaths(scope).flatMap(path => {
      const doubt = isForDevelopment(path) ? 20 : 0;
      return imageCandidates(scope, imageOf(scope, path)).map(found => ({
        ...found,
        doubt: (found.doubt ?? 0) + doubt + (path.includes('/') && isElsewhere(found) ? 14 : 0),
      }));
    }),
};

/** A Dockerfile in a sub-folder may be that of a service beside the app. */
function isElsewhere({ folder }: EntryCandidate): boolean {
  return folder !== undefined && folder !== '';
}

export default source;
