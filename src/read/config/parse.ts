import { type Document, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { deepest, tooDeepAt } from '../yaml-nesting.ts';
import { codeFrame } from './code-frame.ts';
import { type Config, noConfig, type Origin } from './config.ts';
import { type Issue, issueWords, keyPath, unknownKeyWords } from './issue-words.ts';
import { brokenAliases, isEmpty, located, paths, type Range, rangeAt, rangeOf } from './locate.ts';
import { configSchema } from './schema.ts';
import { syntaxWords } from './syntax-words.ts';

/** Something wrong at a place of the file. */
interface Finding extends Range {
  readonly message: string;
}

/**
 * The settings in the text of a `decant.yaml` at `path`, which is only for messages. An empty file sets nothing.
 * Throws DecantError (exit 3, "config-invalid") that names every problem with line, column and a code frame.
 */
export function parseConfig(text: string, path: string): Config {
  const source = text.replace(/^\uFEFF/, '');
  const lines = new LineCounter();
  refuseDeep({ source, path, lines });
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error' });
  const syntax = [...document.errors, ...document.warnings];
  const { values, findings } = syntax.every(({ code }) => code === 'DUPLICATE_KEY') ? settings(document) : nothing;

  const all = unique([...syntax.map(syntaxFinding), ...findings]).sort((a, b) => a.start - b.start);
  if (all.length > 0) throw invalid({ source, path, lines }, all);
  return { path, values, origins: origins(document, path, lines) };
}

function refuseDeep({ source, path, lines }: Source): void {
  const start = tooDeepAt(source);
  if (start === undefined) return;
  let lineStart = 0;
  for (const line of source.split('\n')) {
    lines.addNewLine(lineStart);
    lineStart += line.length + 1;
  }
  throw invalid({ source, path, lines }, [{ start, end: start + 1, message: `nests deeper than ${deepest} levels` }]);
}

const nothing = { values: noConfig.values, findings: [] as readonly Finding[] };

function settings(document: Document): { values: Config['values']; findings: readonly Finding[] } {
  const broken = brokenAliases(document);
  if (document.contents === null || isEmpty(document.contents)) return nothing;
  if (broken.length > 0)
    return {
      ...nothing,
      findings: broken.map(alias => ({
        ...rangeOf(alias),
        message: `there is no anchor \`&${alias.source}\` before this alias`,
      })),
    };

  try {
    const parsed = configSchema.safeParse(document.toJS(), { reportInput: true });
    const wrong = parsed.success ? [] : parsed.error.issues.flatMap(issue => schemaFindings(document, issue));
    return { values: parsed.data ?? {}, findings: [...wrong, ...emptyFindings(document)] };
  } catch (error) {
    // The parser's own guard against aliases that grow without end.
    if (!(error instanceof ReferenceError)) throw error;
    return { ...nothing, findings: [{ ...rangeAt(document, []), message: error.message }] };
  }
}

function syntaxFinding(error: YAMLError): Finding {
  const [start, end] = error.pos;
  return { start, end, message: syntaxWords(error) };
}

function schemaFindings(document: Document, issue: Issue): Finding[] {
  const { key, value } = located(document, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(name => ({
      ...keyRange(document, [...issue.path, name]),
      message: unknownKeyWords(issue.path, name),
    }));
  if (isEmpty(value)) return [{ ...rangeAt(document, issue.path), message: emptyWords(issue.path) }];
  if (issue.path.length === 0)
    return [{ ...rangeAt(document, []), message: 'the file must be a mapping (lines of "key: value")' }];

  const written = isScalar(value) ? (value.source ?? String(value.value)) : undefined;
  const range = issue.code === 'invalid_key' && key !== undefined ? rangeOf(key) : rangeAt(document, issue.path);
  return [{ ...range, message: issueWords(issue, written) }];
}

function keyRange(document: Document, path: readonly PropertyKey[]): Range {
  const { key } = located(document, path);
  return key === undefined ? rangeAt(document, path) : rangeOf(key);
}

/** "health:" alone may be a forgotten value, and null would switch the route off: it must be said. */
function emptyFindings(document: Document): Finding[] {
  return paths(document)
    .filter(({ empty }) => empty)
    .map(({ path }) => ({ ...rangeAt(document, path), message: emptyWords(path) }));
}

function emptyWords(path: readonly PropertyKey[]): string {
  const nullable = path[0] === 'health' || path[0] === 'release' || path[0] === 'processes';
  return `\`${keyPath(path)}\` has no value: write one${nullable && path.length <= 2 ? ', or null,' : ''} or remove the line`;
}

/** One finding for each place: the first. */
function unique(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ start }, at) => findings.findIndex(other => other.start === start) === at);
}

function origins(document: Document, path: string, lines: LineCounter): Record<string, Origin> {
  return Object.fromEntries(
    paths(document).map(each => [
      keyPath(each.path),
      { origin: 'file', place: `${path}:${lines.linePos(each.start).line}` },
    ]),
  );
}

interface Source {
  readonly source: string;
  readonly path: string;
  readonly lines: LineCounter;
}

function invalid({ source, path, lines }: Source, findings: readonly Finding[]): DecantError {
  const evidence = findings.flatMap(({ start, end, message }) => {
    const { line, col: column } = lines.linePos(Math.min(start, source.length));
    return [`${path}:${line}:${column}  ${message}`, ...codeFrame(source, { line, column, length: end - start })];
  });

  return new DecantError(exitCodes.person, {
    code: 'config-invalid',
    what: findings.length === 1 ? `${path} has an error.` : `${path} has ${findings.length} errors.`,
    evidence,
    state: 'Nothing was changed.',
    next: [`correct ${path}, then run the command again`],
  });
}
