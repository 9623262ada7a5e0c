// The text of docs/reference/understood.md: what decant reads in a repository, from the detectors' own words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const read = fileURLToPath(new URL('../src/read', import.meta.url));
const page = '<!-- Written by scripts/docs.mjs from src/read. -->';

export async function understood() {
  const { serverKinds } = await tsImport('../src/read/detect/server-kinds.ts', import.meta.url);
  const servers = serverKinds.map(({ needle }) => `\`${needle}\``).join(', ');
  const entries = (await units('detect/entries')).toSorted((a, b) => b.unit.trust - a.unit.trust);

  return `${page}
# What decant understands

\`decant inspect\` says what a repository is, with the file and line for each claim. It reads texts, and never runs the app's
code. [When it fails](../guides/when-it-fails.md) says what happens where this is not enough; decant.yaml is stronger than all
of it ([Configuration](../guides/configuration.md)).

## Where the app is found

Each of these is asked; the surest one that names a callable which is really defined wins, and the runners-up are shown. A
folder below the repository's top is found by the same evidence; several apps are a question, with one command for each.

${table(['evidence', 'what counts', 'trust, of 100'], entries, ({ unit, says }) => [unit.name, says, String(unit.trust)])}
An app without such a callable may be [its own server](../guides/own-server.md): a program that a Procfile, a Dockerfile or a
compose file starts, or a file with a usual name, which serves with ${servers}. Where
it listens is read from its code.

A development wrapper, a worker's side of the app, a script that trains or scrapes, and a module without pages lose against
others. Tests, examples and samples are never the app.

## What is installed

${table(['manifest', 'what of it'], await units('install/manifests'), ({ unit, says }) => [unit.name, says])}
Of several, a lock that agrees with its source wins, then pinned requirements; \`inspect\` says which one and why. What the
server needs is added. Old packages that count on tools of their time get them (see
[Python versions](../guides/python-versions.md)).

## What it needs to run

${table(['environment variables', 'where they are read'], await units('detect/environment'), ({ unit, says }) => [unit.name, says])}
${table(['database', 'how it is named'], await units('detect/databases'), ({ unit, says }) => [unit.name, says])}
Migrations are those of Flask-Migrate, Alembic and Django, the app's own where it upgrades while it is imported, or a Procfile's \`release:\` line. State that the app writes below its
own source (SQLite files, \`instance/\`, uploads, sessions, logs) is kept over releases.

## What is said, or refused

${table(['problem', 'why'], await units('detect/problems'), ({ unit, says }) => [unit.name, says])}`;
}

/** The units of a room, with the first sentence that stands above each. */
async function units(room) {
  const folder = join(read, room);
  const names = readdirSync(folder).filter(name => /^[a-z-]+\.ts$/.test(name));
  return Promise.all(
    names.map(async name => {
      const text = readFileSync(join(folder, name), 'utf8');
      const says = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\nconst (?:source|manifest)\b/.exec(text)?.[1];
      if (says === undefined) throw new Error(`${room}/${name}: no sentence above its unit`);
      const { default: unit } = await tsImport(`../src/read/${room}/${name}`, import.meta.url);
      return { unit, says: says.replace(/\n \*/g, ' ').replace(/\s+/g, ' ').trim() };
    }),
  );
}

function table(head, all, cells) {
  const row = words => `| ${words.map(word => word.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |\n`;
  return `${row(head)}${row(head.map(() => '---'))}${all.map(each => row(cells(each))).join('')}`;
}
