// The text of docs/reference/errors.md: explained causes from their own data, refusals from the places that throw them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const source = fileURLToPath(new URL('../src', import.meta.url));
const meanings = {
  usage: 'the command line was wrong',
  person: 'you must change something',
  locked: 'somebody else is changing the app',
  bug: 'a bug in decant',
  interrupted: 'interrupted',
};

export async function errorsReference() {
  const { all } = await tsImport('../src/read/failures/causes/_all.gen.ts', import.meta.url);
  const { exitCodes } = await tsImport('../src/base/errors.ts', import.meta.url);
  const causes = [...all].sort((a, b) => (a.code < b.code ? -1 : 1));

  return `<!-- Written by scripts/docs.mjs from src/read/failures and the places that refuse. -->
# Causes of failures

Every error has a code: the word at the end of its first line, \`code\` in \`--json\`. A code keeps its meaning.
[When it fails](../guides/when-it-fails.md) says how to read an error.

## While a release is made

The exit status says what visitors see: 5 the release before still serves, 6 nothing serves any more. With nothing live
before it is 3 if the cause is yours to change, else 1.

${table(
  ['code', 'means', 'who must act'],
  causes.map(each => [`\`${each.code}\``, each.means, each.person ? 'you' : 'the machine, or whoever runs it']),
)}| \`unknown\` | No known cause fits: the app's or the tool's own words are shown, without a guess | whoever they name |

Each has recorded outputs of real tools in \`test/cases/failures\`.

## From decant itself

Most of these come before anything is done; each says the state of the world. \`…\` stands for what it is about.

${table(
  ['code', 'says', 'exit'],
  refusals().map(each => [
    `\`${each.code}\``,
    each.what,
    `${exitCodes[each.exit]}: ${meanings[each.exit] ?? each.exit}`,
  ]),
)}
## In the repository

\`decant inspect\` names problems; those that stop a deploy end it with 3, and their name is the code:
${problems()
  .map(id => `\`${id}\``)
  .join(', ')}.
`;
}

function texts(folder = source) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return texts(path);
    return /\.ts$/.test(entry.name) && !/\.(test|gen|d)\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** One for each code, with the words that stand beside it where it is thrown. */
function refusals() {
  const thrown = /new DecantError\(\s*exitCodes\.(\w+), \{\s*code: ([^\n]+),\s*what:([\s\S]*?),\s*evidence:/g;
  const found = texts().flatMap(text => [...text.matchAll(thrown)].flatMap(match => refusalsAt(match)));
  const ours = found.filter(each => each.exit !== 'bug');
  return ours
    .filter((each, at) => ours.findIndex(other => other.code === each.code && other.exit === each.exit) === at)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Two codes have two texts: `code: missing ? 'git-missing' : 'git-refused'`. */
function refusalsAt([, exit, code, what]) {
  const codes = [...code.matchAll(/'([a-z][a-z-]+)'/g)].map(match => match[1]);
  const said = [...what.matchAll(/"([^"\n]+)"|'([^'\n]+)'|`((?:\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`$])+)`/g)].map(
    match => match[1] ?? match[2] ?? match[3],
  );
  return codes.map((each, at) => ({ exit, code: each, what: words(said[at] ?? said[0] ?? '') }));
}

function words(template) {
  return template.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…');
}

function problems() {
  const ids = texts(join(source, 'read')).flatMap(text =>
    /\bProblem\b|ProblemSource/.test(text) ? [...text.matchAll(/\bid: '([a-z0-9-]+)'/g)].map(match => match[1]) : [],
  );
  return [...new Set(ids)].sort();
}

function table(head, rows) {
  const cell = text => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  return [head, head.map(() => '---'), ...rows.map(row => row.map(cell))]
    .map(row => `| ${row.join(' | ')} |\n`)
    .join('');
}
