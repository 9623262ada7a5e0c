import { spawnSync } from 'node:child_process';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { configJsonSchema } from './json-schema.ts';
import { parseConfig } from './parse.ts';

interface Node {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: boolean | Node;
  readonly oneOf?: readonly Node[];
}

const schema = configJsonSchema() as Node;

function keys(node: Node, path: string): { path: string; node: Node }[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, each]) => [
    { path: `${path}${name}`, node: each },
    ...keys(each, `${path}${name}.`),
  ]);
  const inner = [
    node.items,
    typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined,
    ...(node.oneOf ?? []),
  ];
  return [...own, ...inner.flatMap(each => (each === undefined ? [] : keys(each, `${path}*.`)))];
}

test('every key has a meaning', () => {
  const all = keys(schema, '');
  expect(all.map(({ path }) => path)).toContain('targets.*.*.port');
  expect(all.filter(({ node }) => node.description === undefined)).toEqual([]);
});

test('every example is a configuration, for us and for an editor', () => {
  const accepts = new Ajv({ strict: false }).compile(schema);
  for (const [name, { examples = [] }] of Object.entries(schema.properties ?? {})) {
    const config = { [name]: examples[0] };
    expect(parseConfig(stringify(config), 'decant.yaml').values).toEqual(config);
    expect(accepts(config), name).toBe(true);
  }
});

test('the reference is fresh', () => {
  const { stdout, stderr, status } = spawnSync('node', ['scripts/config-schema.mjs', '--check'], { encoding: 'utf8' });
  expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
}, 60_000);
