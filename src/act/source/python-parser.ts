import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import type { ParsePython, PythonNode } from '../../model/repo-files.ts';

/** Opens the Python grammar (about 30 ms). `wasmFolder` holds `web-tree-sitter.wasm` and `tree-sitter-python.wasm`. */
export async function openPythonParser(wasmFolder?: string): Promise<ParsePython> {
  // The optimising compiler costs more than it gives: a command ends before the grammar is hot.
  setFlagsFromString('--liftoff-only');
  const runtime = wasmFile('web-tree-sitter', wasmFolder);
  await Parser.init({ locateFile: () => runtime });

  const parser = new Parser();
  const language = await Language.load(wasmFile('tree-sitter-python', wasmFolder));
  parser.setLanguage(language);
  const grammar = grammarOf(language);
  return source => parse(parser, grammar, source);
}

/** In a bundle the two files lie beside it; in development they lie in node_modules. */
function wasmFile(packageName: string, wasmFolder: string | undefined): string {
  const beside = join(wasmFolder ?? dirname(fileURLToPath(import.meta.url)), `${packageName}.wasm`);
  if (wasmFolder !== undefined || existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`${packageName}/${packageName}.wasm`);
}

interface Grammar {
  /** By type id; undefined for what has no name (operators, brackets, keywords) and for comments. */
  readonly types: readonly (string | undefined)[];
  readonly fields: readonly (string | null)[];
}

/** The names behind the ids: asking the cursor for a number is far cheaper than asking for text. */
function grammarOf(language: Language): Grammar {
  const types = Array.from({ length: language.nodeTypeCount }, (_, id) =>
    language.nodeTypeIsNamed(id) ? (language.nodeTypeForId(id) ?? undefined) : undefined,
  );
  return {
    types: types.map(type => (type === 'comment' ? undefined : type)),
    fields: Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id)),
  };
}

function parse(parser: Parser, grammar: Grammar, source: string): PythonNode | undefined {
  const tree = parser.parse(source);
  if (tree === null) throw new Error('the Python grammar is not loaded');

  const cursor = tree.walk();
  try {
    return plainTree(cursor, grammar, source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/** Whoever reads the nodes goes as deep as they do: what is deeper is not read at all, on any size of the stack. */
const deepest = 500;

/** The named nodes as plain objects: one walk, then no more crossing into wasm, and the tree can go. */
function plainTree(cursor: TreeCursor, grammar: Grammar, source: string): PythonNode {
  const row = rowOf(source);

  function plainNode(type: string, parent: PythonNode | null, depth: number): PythonNode {
    if (depth > deepest) throw new RangeError(`nests deeper than ${deepest} levels`);
    const { startIndex, endIndex } = cursor;
    const isLeaf = leaves.has(type) || !cursor.gotoFirstChild();
    const children: PythonNode[] = isLeaf ? none : [];
    const fields: (string | null)[] = isLeaf ? none : [];
    const node: PythonNode = {
      type,
      get text() {
        return source.slice(startIndex, endIndex);
      },
      get startPosition() {
        return { row: row(startIndex) };
      },
      namedChildren: children,
      parent,
      childForFieldName: name => children[fields.indexOf(name)] ?? null,
    };

    if (isLeaf) return node;

    do {
      const childType = grammar.types[cursor.nodeTypeId] ?? (cursor.nodeTypeId === 65535 ? 'ERROR' : undefined);
      if (childType === undefined) continue;
      fields.push(grammar.fields[cursor.currentFieldId] ?? null);
      children.push(plainNode(childType, node, depth + 1));
    } while (cursor.gotoNextSibling());

    cursor.gotoParent();
    return node;
  }

  return plainNode(cursor.nodeType, null, 0);
}

const none: never[] = [];

/** Nothing below these is worth a step of the cursor. */
const leaves = new Set(['identifier', 'integer', 'float', 'true', 'false', 'none', 'string_content', 'pass_statement']);

/** Answers which line (from 0) holds an index; counts the lines when first asked. */
function rowOf(source: string): (index: number) => number {
  let starts: number[] | undefined;

  return index => {
    starts ??= lineStarts(source);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
