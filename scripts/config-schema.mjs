// Writes docs/reference/decant.schema.json and docs/reference/config.md from src/read/config. With --check: only says
// which are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));
const { configJsonSchema } = await tsImport('../src/read/config/json-schema.ts', import.meta.url);
const { explicitSettings } = await tsImport('../src/read/config/explicit.ts', import.meta.url);

const sections = [];
const schema = configJsonSchema();
collect('', 'decant.yaml', schema);

const files = {
  'docs/reference/decant.schema.json': `${JSON.stringify(schema, (key, value) => (key === 'otherwise' ? undefined : value), 2)}\n`,
  'docs/reference/config.md': reference(),
};
const stale = Object.entries(files).filter(([path, text]) => !isFresh(join(root, path), text));
for (const [path, text] of stale) {
  if (process.argv.includes('--check')) process.exitCode = 1;
  else write(join(root, path), text);
  console.log(`${process.argv.includes('--check') ? 'stale' : 'wrote'}  ${path}`);
}

function isFresh(file, text) {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A mapping's own section first, then those of the mappings in it. */
function collect(path, title, node) {
  sections.push({ title, means: path === '' ? undefined : node.description, rows: rowsOf(node) });
  for (const [name, below] of Object.entries(node.properties)) descend(path === '' ? name : `${path}.${name}`, below);
}

function descend(path, node) {
  if (node.properties) collect(path, `\`${path}\``, node);
  else if (node.items) descend(`${path}[]`, node.items);
  else if (typeof node.additionalProperties === 'object') {
    for (const option of node.additionalProperties.oneOf ?? [node.additionalProperties]) {
      if (option.properties) collect(`${path}.NAME`, `\`${path}.NAME\`, type ${option.properties.type.const}`, option);
    }
  }
}

function rowsOf(node) {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties).map(([name, each]) => [
    `\`${name}\``,
    typeName(each),
    cell(each.description),
    required.has(name) ? 'required' : cell(each.otherwise),
    each.examples
      ? `\`${cell(`${name}: ${flow(each.examples[0])}`)}\``
      : each.const
        ? `\`${name}: ${each.const}\``
        : '',
  ]);
}

function typeName(node) {
  if (node.anyOf) return node.anyOf.map(typeName).join(' or ');
  if (node.const) return 'text';
  if (node.enum) return node.enum.map(value => `\`${value}\``).join(', ');
  if (node.type === 'array') return node.items.properties ? 'list of mappings' : `list of ${typeName(node.items)}s`;
  if (node.additionalProperties)
    return node.additionalProperties.oneOf ? 'name → mapping' : `name → ${typeName(node.additionalProperties)}`;
  return { string: 'text', integer: 'whole number', null: 'null', boolean: 'true or false', object: 'mapping' }[
    node.type
  ];
}

/** A value as one line of YAML. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object')
    return typeof value === 'string' && /^[\d.]+$|[,[\]{}]|: /.test(value) ? `"${value}"` : String(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${flow(each)}`)
    .join(', ')} }`;
}

function cell(words) {
  return words.replaceAll('|', '\\|');
}

function reference() {
  const head = `<!-- Written by scripts/config-schema.mjs from src/read/config. -->
# decant.yaml

The file is optional, and so is everything in it: what is absent is detected. It stands at the top of the repository
(\`decant.yml\` is read too) and is never written by decant. A flag is stronger than a \`DECANT_*\` variable, that one
than the file, the file than what is detected. \`decant config show --origin\` says where each value comes from.

For an editor's help, the first line may be
\`# yaml-language-server: $schema=PATH\` with the path of [decant.schema.json](decant.schema.json).

`;
  return `${head}${sections.map(section).join('\n')}\n${variables()}`;
}

function section({ title, means, rows }) {
  const heading = title === 'decant.yaml' ? '## Top level' : `## ${title}`;
  return `${heading}\n\n${means ? `${means}.\n\n` : ''}${table(['key', 'type', 'meaning', 'default', 'example'], rows)}`;
}

function variables() {
  const rows = Object.values(explicitSettings)
    .filter(({ variable }) => variable)
    .map(({ flag, variable, path }) => {
      const key = path('TARGET').join('.');
      return [`\`${variable}\``, flag ? `\`${flag}\`` : '', key === 'target' ? '' : `\`${key}\``];
    });
  return `## Without a file\n\n${table(['variable', 'flag', 'key'], rows)}`;
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |\n`).join('');
}
