import { basename, dirname, join } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { normalName } from '../install/requirements.ts';
import { stringList, stringValue } from '../python/literal.ts';
import type { Call, PythonModule } from '../python/module.ts';
import { importedModule, modulePath } from '../python/project.ts';
import { type App, isDeclared, loadedModules } from './app.ts';
import { isIgnoredByGit } from './git-ignore.ts';
import { distributionName, isStandardModule } from './imported-names.ts';
import { instanceFolder } from './instance-folder.ts';
import type { Scope } from './scope.ts';
import { computedText, insideTree } from './value.ts';

/** A file of settings that the app reads and the repository does not have: each place has its own. */
export interface WantedFile {
  /** Relative to the scope's root. */
  readonly path: string;
  /** The example of it that the repository has, relative to the root. */
  readonly sample: string | undefined;
  readonly evidence: Place;
}

/** Files that Flask, configparser, an import or `open()` asks for. A mere `open()`, or an import, needs an example beside it or a line in .gitignore. */
export function wantedFiles(app: App): readonly WantedFile[] {
  const known = remembered.get(app);
  if (known !== undefined) return known;

  const found = [...flaskFiles(app), ...parserFiles(app), ...openedFiles(app), ...importedFiles(app)];
  const first = new Map(found.toReversed().map(each => [each.path, each]));
  const wanted = found.filter(each => first.get(each.path) === each && !exists(app.scope, each.path));
  remembered.set(app, wanted);
  return wanted;
}

/** Several claims ask; the answer costs a look at every line of import. */
const remembered = new WeakMap<App, readonly WantedFile[]>();

type Wish = Pick<WantedFile, 'path' | 'evidence' | 'sample'>;

/** `app.config.from_pyfile("x.cfg")`, `from_file`, `from_json`, relative to the app's package or its instance folder. */
function flaskFiles(app: App): readonly Wish[] {
  return loadedModules(app, 'from_pyfile', 'from_file', 'from_json').flatMap(module =>
    module.calls
      .filter(({ name, main }) => /\.config\.from_(pyfile|file|json)$/.test(name) && !main)
      .filter(({ keywords }) => keywords.get('silent')?.type !== 'true')
      .flatMap(call => {
        const isInstance = app.loaded.some(path =>
          /instance_relative_config\s*=\s*True/.test(app.scope.text(path) ?? ''),
        );
        const base = isInstance ? instanceFolder(app) : dirname(app.entry?.callable?.path ?? module.path);
        return wish(app, module, call, call.arguments[0] ?? call.keywords.get('filename'), base);
      }),
  );
}

/** `parser.read("config.ini")`: what is absent is skipped in silence, and missed afterwards. */
function parserFiles(app: App): readonly Wish[] {
  return loadedModules(app, 'configparser', 'ConfigParser').flatMap(module => {
    const parsers = module.assignments
      .filter(({ value }) => /^(\w+\.)?(Raw|Safe)?ConfigParser\(/.test(value.text))
      .map(({ target }) => target);
    return module.calls
      .filter(({ name, main }) => !main && name.endsWith('.read') && parsers.includes(name.slice(0, -'.read'.length)))
      .filter(({ arguments: [files] }) => stringList(files).length < 2)
      .flatMap(call => wish(app, module, call, call.arguments[0], '.'));
  });
}

function openedFiles(app: App): readonly Wish[] {
  return loadedModules(app, 'open(').flatMap(module =>
    module.calls
      .filter(call => call.name === 'open' && !call.main && isRead(call) && !isGuarded(call.node))
      .flatMap(call => wish(app, module, call, call.arguments[0], '.'))
      .filter(({ path, sample }) => isSettings(path) && (sample !== undefined || isIgnoredByGit(app.scope, path))),
  );
}

function isRead(call: Call): boolean {
  return !/[wax+]/.test(stringValue(call.arguments[1] ?? call.keywords.get('mode')) ?? 'r');
}

function isSettings(path: string): boolean {
  return /\.(json|ini|cfg|conf|toml|ya?ml)$/.test(path);
}

/** `import local_settings`, `from .secrets import *`, `from_object("config")` of a module that is not there. */
function importedFiles(app: App): readonly Wish[] {
  const seen = new Map<string, ReturnType<typeof absentModule>>();
  return app.loaded.flatMap(path => {
    const lines = (app.scope.text(path) ?? '').split('\n');
    return lines.flatMap((text, at) => {
      const [, from, plain, named] =
        /^(?:from\s+([\w.]+)\s+import\b|import\s+([\w.]+))|\bfrom_object\(\s*["']([\w.]+)["']/.exec(text) ?? [];
      const written = from ?? plain ?? named;
      if (written === undefined || isBrought(app, written)) return [];

      const name = importedModule(app.scope, { path }, written).replace(/\.[A-Z]\w*$/, '');
      if (!seen.has(name)) seen.set(name, absentModule(app.scope, name));
      const wanted = seen.get(name);
      return wanted === undefined ? [] : [{ ...wanted, evidence: app.scope.place(path, at + 1) }];
    });
  });
}

/** By Python itself, or by a package that gets installed. */
function isBrought(app: App, written: string): boolean {
  const top = written.split('.', 1)[0] ?? '';
  return top !== '' && (isStandardModule(top) || isDeclared(app, normalName(distributionName(written))));
}

function absentModule(scope: Scope, dotted: string): Omit<Wish, 'evidence'> | undefined {
  if (dotted === '' || modulePath(scope, dotted) !== undefined || isStandardModule(dotted.split('.', 1)[0] ?? ''))
    return undefined;

  const file = `${dotted.replaceAll('.', '/')}.py`;
  const sample = sampleOf(scope, file);
  const isPeoples = /setting|config|secret|local|credential|key|env|param|const|private|passw/i.test(basename(file));
  return sample !== undefined || (isPeoples && isIgnoredByGit(scope, file)) ? { path: file, sample } : undefined;
}

/** Below `try`, or after somebody asked whether it is there. */
function isGuarded(node: PythonNode): boolean {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.type === 'try_statement') return true;
    if (above.type === 'if_statement' && /exists|is_file|isfile/.test(above.text.split('\n')[0] ?? '')) return true;
  }
  return false;
}

function wish(app: App, module: PythonModule, call: Call, file: PythonNode | undefined, base: string): readonly Wish[] {
  const text = computedText(app.scope, module, file) ?? stringList(file)[0];
  const path = text === undefined ? undefined : insideTree(text, base, instanceFolder(app));
  if (path === undefined) return [];
  return [{ path, sample: sampleOf(app.scope, path), evidence: app.scope.place(module.path, call.line) }];
}

function exists(scope: Scope, path: string): boolean {
  return scope.namesIn(dirname(path)).has(basename(path));
}

/** "config.ini.example", "config.example.ini", "example.config.ini", with any of the usual words. */
function sampleOf(scope: Scope, path: string): string | undefined {
  const folder = dirname(path);
  const names = scope.namesIn(folder);
  if (names.size === 0) return undefined;

  const name = basename(path);
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  const usual = ['example', 'sample', 'template', 'tmpl', 'default', 'defaults', 'dist', 'tpl'];
  const like = usual.flatMap(word =>
    ['.', '_', '-'].flatMap(mark => [`${name}${mark}${word}`, `${stem}${mark}${word}${end}`, `${word}${mark}${name}`]),
  );
  const found = like.filter(each => names.has(each)).toSorted()[0];
  return found === undefined ? undefined : join(folder, found);
}

/** Where the file stands in the repository. */
export function inRepository({ root }: Scope, path: string): string {
  return join(root, path);
}
