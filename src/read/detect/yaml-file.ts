import { isNode, LineCounter, parseDocument } from 'yaml';
import { tooDeepAt } from '../yaml-nesting.ts';

export interface YamlFile {
  readonly value: unknown;
  /** The line of the value at a path of keys, or of the nearest one above it that is there. */
  line(...path: readonly (string | number)[]): number;
}

/** A YAML file that other tools read; undefined when it can't be read. Tags that only its own tool knows are left aside. */
export function yamlFile(source: string | undefined): YamlFile | undefined {
  if (source === undefined || tooDeepAt(source) !== undefined) return undefined;
  const lines = new LineCounter();
  try {
    const document = parseDocument(source.replace(/^\uFEFF/, ''), {
      lineCounter: lines,
      merge: true,
      logLevel: 'silent',
    });
    const value: unknown = document.toJS();
    return {
      value,
      line(...path) {
        for (let length = path.length; length > 0; length -= 1) {
          const node = document.getIn(path.slice(0, length), true);
          const start = isNode(node) ? node.range?.[0] : undefined;
          if (start !== undefined) return lines.linePos(start).line;
        }
        return 1;
      },
    };
  } catch {
    return undefined;
  }
}
