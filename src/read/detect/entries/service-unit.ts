import { commandCandidates } from '../command-entry.ts';
import type { EntrySource } from '../entry.ts';
import { folderHere } from '../run-folder.ts';

/** systemd's ExecStart= and supervisor's command=, in the folder that the same section names. */
const source: EntrySource = {
  name: 'service unit',
  trust: 88,
  production: true,
  candidates: scope =>
    scope.files
      .filter(path => named.test(path))
      .flatMap(path =>
        sections(scope.text(path) ?? '').flatMap(section => {
          const folder = setting(section, 'WorkingDirectory', 'directory', 'chdir')?.value;
          const command = setting(section, 'ExecStart', 'command', 'exec');
          if (command === undefined) return [];
          const home = folder === undefined ? undefined : folderHere(scope, folder);
          return commandCandidates(scope, command.value.replace(/^[@+!:-]+/, ''), scope.place(path, command.line), {
            folder: home,
          });
        }),
      ),
};

const named =
  /\.service(\.example|\.sample|\.dist)?$|(^|\/)[\w.-]*supervisor[\w.-]*(\/[\w.-]+)*\.(conf|ini)$|(^|\/)[\w.-]+\.(upstart|init)\.conf$/;

interface Line {
  readonly text: string;
  readonly line: number;
}

/** `[Service]`, `[program:web]`: each with its lines. */
function sections(text: string): readonly (readonly Line[])[] {
  const found: Line[][] = [[]];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*\[/.test(line)) found.push([]);
    found.at(-1)?.push({ text: line, line: at + 1 });
  }
  return found;
}

function setting(lines: readonly Line[], ...names: readonly string[]) {
  for (const { text, line } of lines) {
    const match = /^(\w+)\s*[= ]\s*(\S.*)$/.exec(text.trim());
    if (match !== null && names.includes(match[1] ?? '')) return { value: match[2] ?? '', line };
  }
  return undefined;
}

export default source;
