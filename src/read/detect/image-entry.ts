import { commandCandidates } from './command-entry.ts';
import { declaredCandidate, type EntryCandidate } from './entry.ts';
import { copiedFolder, type Image } from './image.ts';
import { inFolders } from './in-folders.ts';
import type { Scope } from './scope.ts';

/** The entries that an image starts with. */
export function imageCandidates(scope: Scope, image: Image): readonly EntryCandidate[] {
  const folder = copiedFolder(image, image.workdir);
  const started = image.commands.flatMap(({ text, place }) =>
    commandCandidates(scope, text, place, { folder, variables: image.variables }),
  );
  const flaskApp = image.variables.get('FLASK_APP');
  const place = image.places.get('FLASK_APP');
  const declared =
    flaskApp === undefined || place === undefined
      ? undefined
      : inFolders(scope, folder, home => declaredCandidate(home, flaskApp, place));
  return declared === undefined ? started : [...started, { ...declared, development: true }];
}
