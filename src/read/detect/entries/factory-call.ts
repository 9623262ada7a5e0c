import type { PythonNode } from '../../../model/repo-files.ts';
import { constantText, stringValue } from '../../python/literal.ts';
import type { Call, PythonFunction, PythonModule } from '../../python/module.ts';
import { dottedName } from '../../python/node.ts';
import { moduleName, qualifiedName } from '../../python/project.ts';
import { callableAt, definingModule } from '../callable.ts';
import { constructors } from '../constructors.ts';
import type { EntryCandidate, EntrySource } from '../entry.ts';
import { isImportable } from '../home.ts';
import type { Scope } from '../scope.ts';
import { computedText } from '../value.ts';

/** A factory that must be told its configuration, with the words that the repository's own code says to it. */
const source: EntrySource = {
  name: 'call of the factory',
  trust: 48,
  candidates: scope =>
    scope
      .containing(...constructors)
      .filter(path => isImportable(scope, path))
      .flatMap(path =>
        (scope.module(path)?.functions ?? [])
          .filter(({ within, className, required }) => within === null && className === null && required.length > 0)
          .flatMap(definition => candidateOf(scope, path, definition) ?? []),
      ),
};

function candidateOf(scope: Scope, path: string, definition: PythonFunction): EntryCandidate | undefined {
  const callable = callableAt(scope, path, definition.name);
  if (callable?.factory !== true || callable.inside !== undefined) return undefined;

  const calls = callsOf(scope, path, definition);
  const best = calls.toSorted((a, b) => weight(a.words) - weight(b.words))[0];
  if (best === undefined) return undefined;
  const words = best.words.map(word => forProduction(scope, word));
  const entry = `${moduleName(scope, path)}:${definition.name}(${words.join(', ')})`;
  return { entry, evidence: best.evidence, callable: { ...callable, required: [] } };
}

interface Said {
  readonly words: readonly string[];
  readonly evidence: string;
}

function callsOf(scope: Scope, path: string, definition: PythonFunction): readonly Said[] {
  return scope.containing(`${definition.name}(`).flatMap(file => {
    const module = scope.module(file);
    const calls = (module?.calls ?? []).filter(({ name }) => name.split('.').at(-1) === definition.name);
    return calls.flatMap(call => {
      const home = module === undefined ? undefined : definingModule(scope, module, call.name);
      const words =
        module === undefined || home?.module.path !== path ? undefined : wordsOf(scope, module, call, definition);
      return words === undefined ? [] : [{ words, evidence: scope.place(file, call.line) }];
    });
  });
}

/** The arguments as constants, as a server's command line takes them; undefined when one of them is more than that. */
function wordsOf(
  scope: Scope,
  module: PythonModule,
  call: Call,
  definition: PythonFunction,
): readonly string[] | undefined {
  const positional = call.arguments.map((node, at) => word(scope, module, node, definition, definition.required[at]));
  const named = [...call.keywords].map(([name, node]) => {
    const value = word(scope, module, node, definition, name);
    return value === undefined ? undefined : `${name}=${value}`;
  });
  const all = [...positional, ...named];
  const words = all.filter(each => each !== undefined);
  return words.length === all.length && words.length > 0 ? words : undefined;
}

function word(
  scope: Scope,
  module: PythonModule,
  node: PythonNode,
  definition: PythonFunction,
  parameter: string | undefined,
): string | undefined {
  if (node.type === 'none') return 'None';
  const constant = stringValue(node) === undefined ? constantText(node) : undefined;
  if (constant !== undefined) return constant;

  const name = dottedName(node);
  const text =
    computedText(scope, module, node) ??
    (parameter === undefined ? undefined : importPath(scope, module, name, definition, parameter));
  return text === undefined || !/^[\w.:-]+$/.test(text) ? undefined : `'${text}'`;
}

/** `from_object` takes a class and its dotted name alike: where the factory does nothing else with it, the name will do. */
function importPath(
  scope: Scope,
  module: PythonModule,
  name: string | undefined,
  { node }: PythonFunction,
  parameter: string,
): string | undefined {
  const body = node.text.slice(node.text.indexOf(':'));
  const uses = [...body.matchAll(new RegExp(`\\b${parameter}\\b(?!\\s*=[^=])`, 'g'))].length;
  const loads = [...body.matchAll(new RegExp(`from_object\\(\\s*${parameter}\\s*\\)`, 'g'))].length;
  const qualified = name === undefined || name.includes('?') ? undefined : qualifiedName(scope, module, name);
  return loads === 1 && uses === 1 && qualified?.includes('.') === true ? qualified : undefined;
}

function weight(words: readonly string[]): number {
  const text = words.join(' ');
  if (/prod/i.test(text)) return 0;
  return /test/i.test(text) ? 3 : isForWork(text) ? 2 : 1;
}

function isForWork(text: string): boolean {
  return /^'(dev|devel|development|debug|local|test|testing)'$/i.test(text);
}

/** A name of development gives way to the configuration's own name for production. */
function forProduction(scope: Scope, text: string): string {
  if (!isForWork(text)) return text;
  const key = scope
    .containing('production', 'prod')
    .map(path => /["'](production|prod)["']\s*:\s*["']?[A-Za-z_]/.exec(scope.text(path) ?? '')?.[1])
    .find(found => found !== undefined);
  return key === undefined ? text : `'${key}'`;
}

export default source;
