import { pastedWord } from '../../base/words.ts';
import type { Place } from '../../model/profile.ts';
import { calledScripts } from './called-scripts.ts';
import { composeServices } from './compose.ts';
import { dockerfilePaths } from './dockerfile.ts';
import { appOfModule } from './entry.ts';
import { imageOf } from './image.ts';
import { procfileLines } from './procfile.ts';
import type { Scope } from './scope.ts';
import { programTold, type ServerKind, serverKinds, type Told } from './server-kinds.ts';
import { shellText } from './shell-text.ts';

/** A program that listens by itself: no other server can load an app from it. */
export interface OwnServer {
  readonly command: string;
  readonly evidence: Place;
  /** As for entries: a command that somebody wrote down is worth more than a file that looks like it. */
  readonly score: number;
  /** The file that it runs, if it is Python. */
  readonly path: string | undefined;
  /** The line that somebody wrote to start it, and the plain words in it that follow the command. */
  readonly line: string | undefined;
  readonly words: string;
  readonly told: Told;
  /** Whether it is the program of the repository, and not a script of a library's. */
  readonly isLikely: boolean;
}

/** The most likely program of the scope that serves by itself. */
export function ownServer(scope: Scope): OwnServer | undefined {
  const lines = startLines(scope).flatMap(({ text, evidence }) => {
    const found = ownCommand(scope, text);
    return found === undefined ? [] : [{ ...found, line: text, evidence, score: 95, isLikely: true }];
  });
  return lines[0] ?? files(scope)[0];
}

function ownCommand(scope: Scope, text: string): Pick<OwnServer, 'command' | 'words' | 'path' | 'told'> | undefined {
  const known =
    /\b(streamlit run|bokeh serve|panel serve|chainlit run|voila|solara run|mesop|reflex run|gradio) +([\w./-]+)/.exec(
      text,
    );
  if (known !== null) return { command: known[0], words: '', path: known[2], told: programTold(known[1] ?? '') };
  const [, file, words = ''] =
    /\bpython[\d.]* +(?:-u +)?([\w./-]+\.py)\b((?: +[\w./:=@%+,-]+)*$)?/.exec(text.trim()) ?? [];
  const script = file?.replace(/^(\.\/|\/app\/)/, '');
  const kind = script !== undefined && scope.has(script) ? kindOf(scope, script) : undefined;
  return kind === undefined ? undefined : { command: `python ${script}`, words, path: script, told: kind.told };
}

interface Line {
  readonly text: string;
  readonly evidence: Place;
}

function startLines(scope: Scope): readonly Line[] {
  const procfile = procfileLines(scope)
    .filter(({ name }) => name === 'web')
    .map(({ command, place }) => ({ text: command, evidence: place }));
  const compose = composeServices(scope).flatMap(({ command, place }) =>
    command === undefined ? [] : [{ text: command, evidence: place }],
  );
  const images = dockerfilePaths(scope)
    .flatMap(path => imageOf(scope, path).commands)
    .map(({ text, place }) => ({ text, evidence: place }));
  const all = [...procfile, ...images, ...compose];
  return [
    ...all,
    ...all.flatMap(({ text }) => calledScripts(scope, text, '').flatMap(path => scriptLines(scope, path))),
  ];
}

function scriptLines(scope: Scope, path: string): readonly Line[] {
  return shellText(scope.text(path) ?? '').lines.map(({ text, line }) => ({ text, evidence: scope.place(path, line) }));
}

/** Files that serve by themselves; the usual names and the upper folders first. */
function files(scope: Scope): readonly OwnServer[] {
  return scope
    .containing(...serverKinds.map(({ needle }) => needle))
    .flatMap(path => {
      const kind = kindOf(scope, path);
      if (kind === undefined) return [];
      const isUsual = /(^|\/)(streamlit_app|app|main|server|run|home|hello|index|dashboard)\.py$/i.test(path);
      const depth = path.split('/').length - 1;
      const score = 44 - (isUsual ? 0 : 5) - 2 * depth - (/(^|\/)pages\//.test(path) ? 10 : 0);
      return [
        {
          command: `${kind.program} ${pastedWord(path)}`,
          path,
          line: undefined,
          words: '',
          told: kind.told,
          isLikely: depth === 0 || (isUsual && depth === 1),
          evidence: scope.place(path, lineOf(scope, path, kind.sign)),
          score,
        },
      ];
    })
    .toSorted((a, b) => b.score - a.score);
}

function lineOf(scope: Scope, path: string, sign: RegExp): number {
  const lines = (scope.text(path) ?? '').split(/\r?\n/);
  return (
    Math.max(
      lines.findIndex(line => sign.test(line)),
      0,
    ) + 1
  );
}

/** A file whose app another server can load as well is none, whatever it starts by hand. */
function kindOf(scope: Scope, path: string): ServerKind | undefined {
  const text = scope.text(path) ?? '';
  const kind = serverKinds.find(
    ({ needle, sign }) => new RegExp(`^\\s*(import|from)\\s+${needle}\\b`, 'm').test(text) && sign.test(text),
  );
  return kind === undefined || appOfModule(scope, path) !== undefined ? undefined : kind;
}
