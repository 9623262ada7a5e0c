import { join } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import { appOfModule, declaredCandidate, type EntryCandidate } from './entry.ts';
import { type Scope, scopeAt } from './scope.ts';
import { serverCommand } from './server-command.ts';

/** The entries that a command line of a web server names. */
export function commandCandidates(scope: Scope, command: string, place: Place): readonly EntryCandidate[] {
  const server = serverCommand(command);
  if (server === undefined) return [];

  const folder = folderIn(scope, server.folder);
  const home = folder === undefined ? scope : scopeAt(scope.repository, join(scope.root, folder));
  const found =
    server.app !== undefined ? declaredCandidate(home, server.app, place) : scriptCandidate(home, server.script, place);
  if (found === undefined) return [];
  return [folder === undefined ? found : { ...found, folder }];
}

/** A folder of a command counts when it is one of the repository's, below the scope; a container's `/app` is the scope itself. */
function folderIn(scope: Scope, written: string | undefined): string | undefined {
  const folder = written?.replace(/^(\.\/|\/(app|code|src|usr\/src\/app|srv|opt\/app)\/?)/, '').replace(/\/$/, '');
  return folder !== undefined && folder !== '' && folder !== '.' && scope.exists(folder) ? folder : undefined;
}

/** `python app.py` starts a development server; a real server loads the app of that file. */
function scriptCandidate(scope: Scope, script: string | undefined, place: Place): EntryCandidate | undefined {
  const path = script?.replace(/^\.\//, '');
  const found = path === undefined || !scope.has(path) ? undefined : appOfModule(scope, path);
  return found === undefined ? undefined : { ...found, evidence: place, doubt: 20 };
}
