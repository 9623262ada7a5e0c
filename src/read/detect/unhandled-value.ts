import type { PythonNode } from '../../model/repo-files.ts';
import { callOf } from '../python/module.ts';
import { descendants, field } from '../python/node.ts';

/**
 * Whether what an expression answers goes, as it is, where None can only fail: into a connection, a path, a number, a text
 * that is put together. Directly, or through a name that nothing asks for its truth.
 */
export function isHandedOn(value: PythonNode): boolean {
  if (isBelow(value, 'try_statement')) return false;
  const name = assignedName(value);
  if (name === undefined) return isTaken(value);

  const uses = [...descendants(scopeOf(value))].filter(
    node => node.type === 'identifier' && node.text === name && assignedName(node) === undefined && !isItsTarget(node),
  );
  return !uses.some(isAsked) && uses.some(isTaken);
}

function assignedName(value: PythonNode): string | undefined {
  const { parent } = value;
  const left =
    parent?.type === 'assignment' && field(parent, 'right')?.text === value.text ? field(parent, 'left') : undefined;
  return left?.type === 'identifier' ? left.text : undefined;
}

function isItsTarget({ parent, text }: PythonNode): boolean {
  return (
    (parent?.type === 'assignment' && field(parent, 'left')?.text === text) ||
    (parent?.type === 'keyword_argument' &&
      field(parent, 'name')?.text === text &&
      field(parent, 'value')?.text !== text)
  );
}

/** The function around it, else the file. */
function scopeOf(node: PythonNode): PythonNode {
  let above = node;
  while (above.parent !== null && above.type !== 'function_definition') above = above.parent;
  return above;
}

/** In a condition, or beside `or`: somebody has thought of its absence. */
function isAsked(node: PythonNode): boolean {
  for (let below = node, above = node.parent; above !== null; below = above, above = above.parent) {
    if (
      /^(boolean_operator|not_operator|comparison_operator|conditional_expression|assert_statement)$/.test(above.type)
    )
      return true;
    if (/^(if|while|elif)/.test(above.type)) return field(above, 'condition')?.text === below.text;
    if (/_statement$|_definition$|^block$/.test(above.type)) return above.type === 'raise_statement';
  }
  return false;
}

function isTaken(node: PythonNode): boolean {
  const { parent } = node;
  if (parent === null || isBelow(node, 'raise_statement') || isShown(node)) return false;
  if (parent.type === 'interpolation') return true;
  if (parent.type === 'binary_operator') return /["']/.test(parent.text);
  const list = parent.type === 'keyword_argument' ? parent.parent : parent;
  const call = list?.type === 'argument_list' ? list.parent : null;
  return call?.type === 'call' && takers.test(callOf(call).name);
}

/** In a line for people, None is only ugly. */
function isShown(node: PythonNode): boolean {
  for (let above = node.parent; above !== null && !/_statement$/.test(above.type); above = above.parent)
    if (
      above.type === 'call' &&
      /(^|\.)(print|echo|debug|info|warn|warning|error|exception|critical|log)$/.test(callOf(above).name)
    )
      return true;
  return false;
}

function isBelow(node: PythonNode, type: string): boolean {
  for (let above = node.parent; above !== null && above.type !== 'function_definition'; above = above.parent)
    if (above.type === type) return true;
  return false;
}

const takers =
  /(^|\.)(open|Path|path\.\w+|connect|create_engine|create_async_engine|create_pool|from_url|StrictRedis|Redis|MongoClient|int|float|listdir|makedirs|loads|b64decode)$/;
