import type { PythonNode } from '../../model/repo-files.ts';
import { stringValue } from '../python/literal.ts';
import { callOf, type PythonModule } from '../python/module.ts';
import { descendants, dottedName, field } from '../python/node.ts';

/** The environment variables that an expression reads, names assigned in the same file followed. */
export function variablesIn(module: PythonModule, node: PythonNode, depth = 0): readonly string[] {
  const found: string[] = [];

  for (const each of descendants(node)) {
    const name =
      each.type === 'call' ? readByCall(each) : each.type === 'subscript' ? readBySubscript(each) : undefined;
    if (name !== undefined) found.push(name);
    if (each.type !== 'identifier' || depth > 3) continue;
    const definition = module.assignments.findLast(
      ({ target, value }) =>
        target === each.text &&
        value !== node &&
        ![...descendants(value)].some(inner => inner.type === 'identifier' && inner.text === each.text),
    );
    if (definition !== undefined) found.push(...variablesIn(module, definition.value, depth + 1));
  }
  return [...new Set(found)];
}

/** The name in `os.getenv("X")`, `os.environ.get("X")`, `env("X")`, `config("X")`. */
function readByCall(node: PythonNode): string | undefined {
  const call = callOf(node);
  const isReader =
    /(^|\.)(getenv|environ\.get|environ\.pop|environ\.setdefault|config|env|env\.\w+|environ\.\w+)$/.test(call.name);
  const name = stringValue(call.arguments[0]);
  return isReader && name !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(name) ? name : undefined;
}

function readBySubscript(node: PythonNode): string | undefined {
  return /(^|\.)environ$/.test(dottedName(field(node, 'value')) ?? '')
    ? stringValue(field(node, 'subscript'))
    : undefined;
}
