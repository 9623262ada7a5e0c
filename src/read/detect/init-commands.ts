import type { Place, Profile } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { stringValue } from '../python/literal.ts';
import { callOf, type PythonFunction, type PythonModule } from '../python/module.ts';
import { dottedName, field } from '../python/node.ts';
import { type App, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';

type InitCommands = Profile['initCommands'];

interface Found {
  readonly command: string;
  readonly destructive: boolean;
  readonly evidence: Place;
}

/** Commands of the app that create its tables. */
export function initCommandsClaim(app: App): Claim<InitCommands> {
  const all = [...clickCommands(app), ...groupScripts(app), ...scripts(app)];
  const found = all.toSorted((a, b) => Number(a.destructive) - Number(b.destructive));
  return { value: found.map(({ command, destructive }) => ({ command, destructive })), evidence: found[0]?.evidence };
}

function clickCommands(app: App): readonly Found[] {
  return loadedModules(app, '.command(').flatMap(module =>
    module.functions.flatMap(definition => {
      const name = commandName(app, module, definition);
      const body = name === undefined ? '' : bodyText(app, module, definition);
      if (name === undefined || !createsTables(body) || asksBack(definition)) return [];
      const evidence = app.scope.place(module.path, definition.line);
      // Every command of a release has FLASK_APP; `--app` is newer than many apps.
      return [{ command: `flask ${name}`, destructive: dropsTables(body), evidence }];
    }),
  );
}

/** A command that nobody answers fails: `prompt=True`, `required=True`, an argument. */
function asksBack({ decorators }: PythonFunction): boolean {
  return decorators.some(({ text }) => /prompt\s*=\s*[^F\s]|required\s*=\s*True|\bargument\(/.test(text));
}

/** The name under which the flask command knows a function: "init-db", or "group name" for a blueprint's. */
function commandName(app: App, module: PythonModule, definition: PythonFunction): string | undefined {
  for (const decorator of definition.decorators) {
    const call = decorator.type === 'call' ? callOf(decorator) : undefined;
    const written = call?.name ?? dottedName(decorator) ?? '';
    if (!/(^|\.)command$/.test(written)) continue;

    const owner = written.replace(/\.?command$/, '');
    if (!/\.cli$/.test(owner) && !isAdded(app, definition.name)) continue;
    const name =
      stringValue(call?.arguments[0] ?? call?.keywords.get('name')) ??
      definition.name.replace(/_command$|_cmd$/, '').replaceAll('_', '-');
    const group = blueprintGroup(module, owner.replace(/\.cli$/, ''));
    return group === undefined ? name : `${group} ${name}`;
  }
  return undefined;
}

/** `app.cli.add_command(init_db_command)`, or `for each in commands: app.cli.add_command(each)`. */
function isAdded(app: App, name: string): boolean {
  const added = loadedModules(app, 'add_command(').flatMap(module =>
    module.calls
      .filter(call => /cli\.add_command$/.test(call.name))
      .map(call => ({ word: (dottedName(call.arguments[0]) ?? '').split('.').at(-1) ?? '', call })),
  );
  return added.some(({ word, call }) => word === name || isLoopVariable(call.node, word));
}

function isLoopVariable(node: PythonNode, name: string): boolean {
  for (let above = node.parent; above !== null; above = above.parent)
    if (above.type === 'for_statement' && field(above, 'left')?.text === name) return true;
  return false;
}

/** A blueprint's commands stand below its name, unless `cli_group` says otherwise. */
function blueprintGroup(module: PythonModule, owner: string): string | undefined {
  const made = module.assignments.find(
    ({ target, value }) => target === owner && value.type === 'call' && /Blueprint$/.test(callOf(value).name),
  );
  if (made === undefined) return undefined;
  const call = callOf(made.value);
  const group = call.keywords.get('cli_group');
  return group === undefined ? stringValue(call.arguments[0]) : stringValue(group);
}

/** The command's own text and that of the functions and SQL files of the project that it uses, one call deep. */
function bodyText(app: App, module: PythonModule, definition: PythonFunction): string {
  const called = module.calls.filter(({ within }) => within === definition).map(({ name }) => name.split('.').at(-1));
  const bodies = app.loaded.includes(module.path) ? module.functions.filter(({ name }) => called.includes(name)) : [];
  const text = [definition, ...bodies].map(({ node }) => node.text).join('\n');
  return `${text}\n${sqlTexts(app, module, text)}`;
}

function sqlTexts(app: App, module: PythonModule, text: string): string {
  const folder = module.path.replace(/[^/]*$/, '');
  const names = [...text.matchAll(/["']([\w./-]+\.sql)["']/g)].map(([, name = '']) => name);
  return names.map(name => app.scope.text(`${folder}${name}`) ?? app.scope.text(name) ?? '').join('\n');
}

/** manage.py with a FlaskGroup or a click group of its own: `python manage.py create_db`. */
function groupScripts(app: App): readonly Found[] {
  const paths = app.scope.containing('FlaskGroup(', 'click.group(').filter(path => /^[^/]+\.py$/.test(path));
  return paths.flatMap(path => {
    const module = app.scope.module(path);
    const isRun = module?.calls.some(({ main }) => main) === true;
    return (isRun ? (module?.functions ?? []) : []).flatMap(definition => {
      const decorator = definition.decorators.find(
        each => each.type === 'call' && /(^|\.)command$/.test(callOf(each).name),
      );
      const body = definition.node.text;
      if (decorator === undefined || !createsTables(body)) return [];
      const name = stringValue(callOf(decorator).arguments[0]) ?? definition.name.replaceAll('_', '-');
      return [
        {
          command: `python ${path} ${name}`,
          destructive: dropsTables(body),
          evidence: app.scope.place(path, definition.line),
        },
      ];
    });
  });
}

function scripts({ scope }: App): readonly Found[] {
  const names = scope.paths.filter(path =>
    /^(init_?db|create_?db|create_?tables|setup_?db|db_init|db_create)\.py$/.test(path),
  );
  return names.flatMap(path => {
    const text = scope.text(path) ?? '';
    const sql = [...text.matchAll(/["']([\w./-]+\.sql)["']/g)]
      .map(([, name = '']) => scope.text(name) ?? '')
      .join('\n');
    return createsTables(`${text}\n${sql}`)
      ? [{ command: `python ${path}`, destructive: dropsTables(`${text}\n${sql}`), evidence: scope.place(path, 1) }]
      : [];
  });
}

function createsTables(text: string): boolean {
  return /\.create_all\(|\.create_tables\(|executescript\(|CREATE TABLE|\binit(ialize)?_?(db|database|schema)\(/i.test(
    text,
  );
}

function dropsTables(text: string): boolean {
  return /\.drop_all\(|\.drop_tables\(|\.delete\(|\b(DROP TABLE|DROP DATABASE|DELETE FROM|TRUNCATE)\b|drop_database\(|\b(remove|unlink|rmtree)\(/i.test(
    text,
  );
}
