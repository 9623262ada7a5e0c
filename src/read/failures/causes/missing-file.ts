import { type OwnFile, ownFileWords } from '../../brought-file.ts';
import { defineFailure } from '../failure.ts';
import {
  appTraceback,
  errorLine,
  type Frame,
  ownFrame,
  placeAndSource,
  placeOf,
  type Traceback,
} from '../traceback.ts';

export default defineFailure({
  code: 'missing-file',
  means: 'The app reads a settings file that is in no repository, and nobody has brought one',
  rank: 33,
  person: true,
  match: context => {
    const trace = appTraceback(context.output);
    const { files = [] } = context;
    const problem = context.profile.problems.find(
      ({ file }) =>
        file !== undefined &&
        trace !== undefined &&
        files.some(({ path }) => path === file.path) &&
        isAbout(trace, file, context.profile.root),
    );
    if (trace === undefined || problem?.file === undefined) return null;

    const frame = ownFrame(trace);
    return {
      what: ownFileWords(problem.file),
      evidence: [
        ...(frame === undefined ? [] : [placeAndSource(frame)]),
        ...(problem.place === undefined || placed(frame) === problem.place ? [] : [`${problem.place}  asks for it`]),
        errorLine(trace),
      ],
      next: [...files.map(({ command }) => command), 'decant up'],
    };
  },
});

function placed(frame: Frame | undefined): string {
  return frame === undefined ? '' : placeOf(frame);
}

function isAbout(trace: Traceback, { path }: OwnFile, root: string): boolean {
  const text = trace.error.join('\n');
  const name = path.split('/').at(-1) ?? path;
  if (/No such file or directory/.test(text)) return [`/${name}'`, `'${name}'`].some(each => text.includes(each));
  if (/NoSectionError|NoOptionError/.test(text) || trace.frames.at(-1)?.file.endsWith('/configparser.py') === true)
    return /\.(ini|cfg|conf)$/.test(path);

  const below = root === '.' ? path : path.slice(root.length + 1);
  const module = below.replace(/\.py$/, '').replaceAll('/', '.');
  const absent = /No module named '([^']+)'|import_string\(\) failed for '([^']+)'/.exec(text);
  return absent !== null && (absent[1] ?? absent[2] ?? '').startsWith(module);
}
