// Writes docs/reference/cli.md, errors.md and understood.md from the program's own data. With --check: only says which are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import { errorsReference } from './errors-reference.mjs';
import { understood } from './understood.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function loadCli() {
  const names = ['commands/_all.gen', 'command', 'global-options', 'topics'];
  return Object.assign(
    {},
    ...(await Promise.all(names.map(name => tsImport(`../src/cli/${name}.ts`, import.meta.url)))),
  );
}

const cell = words => words.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const rows = (head, lines) =>
  lines.length === 0
    ? ''
    : `| ${head} | |\n|---|---|\n${lines.map(([a, b]) => `| \`${a.replaceAll('|', '\\|')}\` | ${cell(b)} |\n`).join('')}\n`;

function usage(command, before) {
  const words = (command.arguments ?? []).map(each => {
    const name = each.name + (each.variadic ? '...' : '');
    return each.required ? `<${name}>` : `[${name}]`;
  });
  return [...before, command.name, ...words, ...((command.options ?? []).length > 0 ? ['[options]'] : [])].join(' ');
}

function section(command, before, level) {
  const parts = [
    `${'#'.repeat(level)} ${[...before.slice(1), command.name].join(' ')}\n\n`,
    `${command.description ?? `${command.summary}.`}\n\n`,
  ];
  parts.push(`\`\`\`\n${usage(command, before)}\n\`\`\`\n\n`);
  parts.push(
    rows(
      'argument',
      (command.arguments ?? []).map(each => [each.name, each.summary]),
    ),
  );
  parts.push(
    rows(
      'option',
      (command.options ?? []).map(each => [each.flags, each.summary]),
    ),
  );
  if ((command.examples ?? []).length > 0)
    parts.push(`\`\`\`sh\n${command.examples.map(([line, meaning]) => `${line}   # ${meaning}\n`).join('')}\`\`\`\n\n`);
  for (const each of command.subcommands ?? []) parts.push(section(each, [...before, command.name], level + 1));
  return parts.join('');
}

function reference({ all, groups, globalOptions, topics }) {
  const parts = ['<!-- Written by scripts/docs.mjs from src/cli. -->\n# The command line\n\n'];
  parts.push(`Options that may stand before or after any command:\n\n${rows('option', globalOptions)}`);
  for (const group of groups) {
    const members = all
      .filter(each => each.group === group)
      .sort((a, b) => Number(b.first ?? false) - Number(a.first ?? false));
    if (members.length > 0) parts.push(`## ${group}\n\n${members.map(each => section(each, ['decant'], 3)).join('')}`);
  }
  for (const [name, topic] of Object.entries(topics)) parts.push(`## help ${name}\n\n\`\`\`\n${topic.text}\`\`\`\n\n`);
  return `${parts.join('').trimEnd()}\n`;
}

const files = {
  'docs/reference/cli.md': reference(await loadCli()),
  'docs/reference/errors.md': await errorsReference(),
  'docs/reference/understood.md': await understood(),
};
const isChecking = process.argv.includes('--check');

for (const [path, text] of Object.entries(files)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;

  console.log(`${isChecking ? 'stale' : 'wrote'}  ${path}${isChecking ? ' (npm run docs)' : ''}`);
  if (isChecking) process.exitCode = 1;
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
