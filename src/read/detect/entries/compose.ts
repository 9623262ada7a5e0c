import { commandCandidates } from '../command-entry.ts';
import { type ComposeService, composeServices } from '../compose.ts';
import { isForDevelopment } from '../dockerfile.ts';
import { declaredCandidate, type EntryCandidate, type EntrySource } from '../entry.ts';
import { imageCandidates } from '../image-entry.ts';
import { inFolders } from '../in-folders.ts';
import type { Scope } from '../scope.ts';

/** What the services of compose files that are built here start, and their FLASK_APP; the files of production first. */
const source: EntrySource = {
  name: 'compose file',
  trust: 92,
  production: true,
  candidates: scope =>
    composeServices(scope).flatMap(service =>
      candidatesOf(scope, service).map(found => ({ ...found, doubt: (found.doubt ?? 0) + doubtOf(service) })),
    ),
};

/** Most people have one file for both worlds. */
function doubtOf({ path, variables }: ComposeService): number {
  const mode = `${variables.get('FLASK_ENV') ?? ''} ${variables.get('FLASK_DEBUG') ?? ''}`;
  if (isForDevelopment(path) || /development|1|true/i.test(mode)) return 20;
  return /prod/i.test(path) ? 0 : 4;
}

function candidatesOf(scope: Scope, service: ComposeService): readonly EntryCandidate[] {
  const { command, place, folder, image, variables } = service;
  const started =
    command === undefined
      ? imageCandidates(scope, image)
      : [command, ...image.commands.slice(0, 1).map(({ text }) => text)].flatMap(text =>
          commandCandidates(scope, text, place, { folder, variables }),
        );
  const flaskApp = variables.get('FLASK_APP');
  const declared =
    flaskApp === undefined || started.length > 0
      ? undefined
      : inFolders(scope, folder, home => declaredCandidate(home, flaskApp, service.flaskAppPlace));
  return declared === undefined ? started : [...started, { ...declared, doubt: 5, development: true }];
}

export default source;
