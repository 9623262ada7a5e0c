import type { Place, Problem, Profile } from '../../model/profile.ts';
import { isPinnedBelow } from '../install/pin.ts';
import { stringValue } from '../python/literal.ts';
import { qualifiedName } from '../python/project.ts';
import { alembicHeads } from './alembic-heads.ts';
import { type App, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';
import { migrateCli } from './migrate-cli.ts';
import { procfileLines } from './procfile.ts';
import type { Scope } from './scope.ts';
import { selfMigrating } from './self-migrating.ts';

type Migrations = Profile['migrations'];

/** How the database's schema is brought up to date: what somebody declared, else the tool that is wired and has a folder. */
export function migrationsClaim(app: App): Claim<Migrations> {
  for (const read of [releaseLine, byItself, flaskMigrate, django, alembic]) {
    const found = read(app);
    if (found !== undefined) return found;
  }
  return { value: null };
}

/** Heroku's `release:` line is run before each release. */
function releaseLine({ scope }: App): Claim<Migrations> | undefined {
  const line = procfileLines(scope).find(({ name }) => name === 'release');
  if (line === undefined) return undefined;
  const folder = ['migrations', 'alembic'].find(each => scope.exists(each)) ?? null;
  return { value: { tool: 'release', command: line.command, folder }, evidence: line.place };
}

/** An import of the app is all that it takes. */
function byItself(app: App): Claim<Migrations> | undefined {
  const found = selfMigrating(app);
  if (found === undefined) return undefined;
  const { module, call, folder } = found;
  return { value: { tool: 'self', command: '', folder }, evidence: app.scope.place(module.path, call.line) };
}

/** Where the app itself is wired the flask command knows the migrations; else only the program that wires them does. */
function flaskMigrate(app: App): Claim<Migrations> | undefined {
  const { scope } = app;
  const loaded = loadedModules(app, 'flask_migrate');
  const others = scope.containing('flask_migrate').filter(path => !app.loaded.includes(path));
  const modules = [...loaded, ...others.flatMap(path => scope.module(path) ?? [])];
  const isOld = isPinnedBelow(app.install.declared['flask-migrate'], 2, 0);

  for (const module of modules) {
    const call = module.calls.find(each => qualifiedName(scope, module, each.name) === 'flask_migrate.Migrate');
    const isLoaded = loaded.includes(module);
    const own = isLoaded && !isOld ? undefined : modules.flatMap(each => migrateCli(scope, each) ?? [])[0];
    if (call === undefined || (!isLoaded && own === undefined)) continue;

    const evidence = scope.place(module.path, call.line);
    const written = stringValue(call.keywords.get('directory')) ?? 'migrations';
    const folder = scriptsFolder(scope, written);
    if (folder === undefined) return { value: null, problems: [withoutFolder(written, evidence)] };
    return branched(scope, { tool: 'flask-migrate', command: own ?? migrateCommand(folder), folder }, evidence);
  }
  return undefined;
}

/** The folder that was named, else the only one of that name below: people run `flask db` in the package too. */
function scriptsFolder(scope: Scope, written: string): string | undefined {
  if (scope.exists(`${written}/env.py`)) return written;
  const below = scope.files.filter(path => path.endsWith(`/${written}/env.py`));
  return below.length === 1 ? below[0]?.replace(/\/env\.py$/, '') : undefined;
}

function migrateCommand(folder: string): string {
  return folder === 'migrations' ? 'flask db upgrade' : `flask db upgrade --directory ${folder}`;
}

function withoutFolder(folder: string, place: string): Problem {
  return {
    id: 'migrations-missing',
    message: `Flask-Migrate is wired, but there is no ${folder}/env.py in the repository: no migration is run.`,
    place,
  };
}

function django({ scope, entry }: App): Claim<Migrations> | undefined {
  if (entry?.callable?.framework !== 'django' || !scope.has('manage.py')) return undefined;
  const folder = scope.files.find(path => /(^|\/)migrations\/0\w*\.py$/.test(path))?.replace(/\/[^/]*$/, '') ?? null;
  return {
    value: { tool: 'django', command: 'python manage.py migrate --noinput', folder },
    evidence: scope.place('manage.py', 1),
  };
}

function alembic({ scope }: App): Claim<Migrations> | undefined {
  const path = scope.files
    .filter(each => /(^|\/)alembic\.ini$/.test(each))
    .toSorted((a, b) => a.split('/').length - b.split('/').length)[0];
  if (path === undefined) return undefined;

  const text = scope.text(path) ?? '';
  const at = text.split(/\r?\n/).findIndex(each => /^\s*script_location\s*=/.test(each));
  const base = path.replace(/[^/]*$/, '');
  const written =
    /^[ \t]*script_location\s*=\s*(\S+)/m.exec(text)?.[1]?.replace('%(here)s/', base).replace(/^\.\//, '') ?? 'alembic';
  const folder = [written, `${base}${written}`, written.replace(':', '/')].find(each => scope.exists(`${each}/env.py`));
  if (folder === undefined) return undefined;

  const command = path === 'alembic.ini' ? 'alembic upgrade head' : `alembic -c ${path} upgrade head`;
  return branched(scope, { tool: 'alembic', command, folder }, scope.place(path, at + 1));
}

type Found = NonNullable<Migrations>;

/** Branches that nobody merged: both tools refuse `head` then, and `heads` brings up all of them. */
function branched(scope: Scope, found: Found & { readonly folder: string }, evidence: Place): Claim<Migrations> {
  const heads = alembicHeads(scope, found.folder);
  if (heads.length < 2) return { value: found, evidence };

  const command = found.tool === 'alembic' ? `${found.command}s` : found.command.replace('upgrade', 'upgrade heads');
  const message = `The migrations in ${found.folder} have ${heads.length} heads (${heads.join(', ')}): all are brought up. To join them: flask db merge heads, or alembic merge heads.`;
  return { value: { ...found, command }, evidence, problems: [{ id: 'several-heads', message, place: evidence }] };
}
