/** A repository as its commit has it, in memory: detectors see nothing else. */
export interface RepoFiles {
  /** Every path, relative, sorted, with `/`. */
  readonly paths: readonly string[];
  /** The text of a file, decoded (UTF-8, UTF-16 by its mark, else Latin-1); undefined when absent, binary or over 1 MiB. */
  text(path: string): string | undefined;
}

/** A node of a parsed Python file: the part of tree-sitter's node that read uses. `row` counts from 0. */
export interface PythonNode {
  readonly type: string;
  readonly text: string;
  readonly startPosition: { readonly row: number };
  readonly namedChildren: readonly PythonNode[];
  readonly parent: PythonNode | null;
  childForFieldName(name: string): PythonNode | null;
}

/** Opened in act (`act/python-parser.ts`), passed into read. Undefined for what nests deeper than code of people does. */
export type ParsePython = (source: string) => PythonNode | undefined;
