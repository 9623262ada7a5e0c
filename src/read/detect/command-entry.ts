import { dirname } from 'node:path/posix';
import { pastedWord } from '../../base/words.ts';
import type { Place } from '../../model/profile.ts';
import { calledScripts } from './called-scripts.ts';
import { appOfModule, declaredCandidate, type EntryCandidate } from './entry.ts';
import { inFolders } from './in-folders.ts';
import { folderHere } from './run-folder.ts';
import type { Scope } from './scope.ts';
import { type ServerCommand, serverCommands } from './server-command.ts';
import { shellText } from './shell-text.ts';
import { uwsgiCandidates } from './uwsgi-config.ts';

/** Where a command stands and what is known there. */
export interface CommandContext {
  /** The folder, below the scope's root, in which it runs; "" is the root itself. */
  readonly folder?: string | undefined;
  readonly variables?: ReadonlyMap<string, string>;
  /** How many scripts were followed to get here. */
  readonly depth?: number;
}

/** The entries that a command line of a web server names, the scripts that it calls followed. */
export function commandCandidates(
  scope: Scope,
  command: string,
  place: Place,
  context: CommandContext = {},
): readonly EntryCandidate[] {
  const { lines, variables } = shellText(command, context.variables);
  const text = lines.map(each => each.text).join('\n');
  const own = serverCommands(text).flatMap(server => serverCandidate(scope, server, place, { ...context, variables }));
  return [...own, ...(own.length > 0 ? [] : scriptCandidates(scope, text, { ...context, variables }))];
}

/** The entries that a script's lines name, each with its own line as evidence. */
export function scriptFileCandidates(
  scope: Scope,
  path: string,
  context: CommandContext = {},
): readonly EntryCandidate[] {
  const { lines, variables } = shellText(scope.text(path) ?? '', context.variables);
  let folder = context.folder;
  return lines.flatMap(({ text, line }) => {
    const change = /^(?:\w+ )?cd\s+["']?([^\s"';&|]+)["']?\s*$/.exec(text)?.[1];
    if (change !== undefined) folder = folderHere(scope, change, folder) ?? folder;
    return commandCandidates(scope, text, scope.place(path, line), { ...context, folder, variables });
  });
}

function scriptCandidates(scope: Scope, text: string, context: CommandContext): readonly EntryCandidate[] {
  const depth = (context.depth ?? 0) + 1;
  if (depth > 3) return [];
  return calledScripts(scope, text, context.folder ?? '').flatMap(path =>
    scriptFileCandidates(scope, path, { ...context, depth }),
  );
}

function serverCandidate(
  scope: Scope,
  server: ServerCommand,
  place: Place,
  { folder, variables }: CommandContext,
): readonly EntryCandidate[] {
  const here = server.folder === undefined ? folder : (folderHere(scope, server.folder, folder) ?? folder);
  const flaskApp = server.program === 'flask' ? variables?.get('FLASK_APP') : undefined;
  const found = inFolders(scope, here, home => {
    if (server.file !== undefined) return uwsgiCandidates(home, server.file)[0];
    const app = server.app ?? flaskApp;
    if (app !== undefined) return declaredCandidate(home, app, place);
    return server.script === undefined ? undefined : scriptCandidate(home, server.script, place);
  });
  if (found === undefined) return [];
  return [
    {
      ...found,
      doubt: (found.doubt ?? 0) + (!server.development ? 0 : server.script === undefined ? 5 : 15),
      development: server.development,
      ...(server.development || !/^(?:gunicorn|uvicorn)$/.test(server.program)
        ? {}
        : { server: { command: server.words.map(pastedWord).join(' '), place } }),
    },
  ];
}

/** `python app.py` starts a development server; a real server loads the app of that file. */
function scriptCandidate(scope: Scope, script: string, place: Place): EntryCandidate | undefined {
  const path = script.replace(/^\.\//, '');
  const places = [path, path.replace(/\.py$/, '/__main__.py'), path.replace(/^.*\//, '')];
  const found = places.find(each => scope.has(each));
  const app = found === undefined ? undefined : (appOfModule(scope, found) ?? appBeside(scope, found));
  return app === undefined ? undefined : { ...app, evidence: place, doubt: 5 };
}

/** `pkg/__main__.py` runs the app of its package. */
function appBeside(scope: Scope, path: string): EntryCandidate | undefined {
  return path.endsWith('/__main__.py') ? appOfModule(scope, `${dirname(path)}/__init__.py`) : undefined;
}
