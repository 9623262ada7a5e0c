import { dirname } from 'node:path/posix';
import type { Place, StatePath } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { dictionaryValues } from '../python/dictionary.ts';
import { stringValue } from '../python/literal.ts';
import type { Call } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';
import { djangoSettings } from './django-settings.ts';
import { instanceFolder } from './instance-folder.ts';
import { settingsNamed } from './setting.ts';
import { computedText, insideTree } from './value.ts';
import { wantedFiles } from './wanted-files.ts';

/** What the app writes below its own source: databases, the instance folder, uploads, logs; and the settings files that each place has of its own. Folders swallow what lies in them. */
export function stateClaim(app: App): Claim<readonly StatePath[]> {
  const databases = [...sqliteUrls(app), ...djangoDatabases(app), ...openedDatabases(app), ...namedDatabases(app)];
  const found = [
    ...instanceUses(app),
    ...databases,
    ...djangoMedia(app),
    ...folderSettings(app),
    ...sessionFiles(app),
    ...writtenFiles(app),
    ...wantedFiles(app).map(({ path, evidence }) => ({ path, kind: 'file' as const, evidence })),
  ];
  const value = found.filter((each, at) => {
    const inFolder = found.some(other => other.kind === 'folder' && each.path.startsWith(`${other.path}/`));
    return !inFolder && found.findIndex(({ path }) => path === each.path) === at;
  });
  const marked = value.map(each =>
    databases.some(({ path }) => path === each.path || path.startsWith(`${each.path}/`))
      ? { ...each, database: true as const }
      : each,
  );
  return { value: marked, evidence: value[0]?.evidence };
}

function instanceUses(app: App): readonly StatePath[] {
  const module = loadedModules(app, 'instance_path', 'instance_relative_config')[0];
  if (module === undefined) return [];
  const lines = (app.scope.text(module.path) ?? '').split('\n');
  const at = lines.findIndex(line => /instance_path|instance_relative_config/.test(line));
  return [{ path: instanceFolder(app), kind: 'folder', evidence: app.scope.place(module.path, at + 1) }];
}

function sqliteUrls(app: App): readonly StatePath[] {
  const settings = [
    'SQLALCHEMY_DATABASE_URI',
    'ALCHEMICAL_DATABASE_URL',
    'DATABASE_URL',
    'DATABASE_URI',
    'DB_URL',
    'SQLALCHEMY_DATABASE_URL',
  ].flatMap(name => settingsNamed(app, name));
  return settings.flatMap(({ module, value, line }) =>
    sqliteFile(app, computedText(app.scope, module, value), relativeBase(app), app.scope.place(module.path, line)),
  );
}

/** Flask-SQLAlchemy 3 puts relative files into the instance folder, older ones beside the app. */
function relativeBase(app: App): string {
  const version = app.install.declared['flask-sqlalchemy'] ?? '';
  return /^(==|~=|<=?)\s*[012](\.|$)/.test(version)
    ? dirname(app.entry?.callable?.path ?? 'app.py')
    : instanceFolder(app);
}

function sqliteFile(app: App, url: string | undefined, base: string, evidence: Place): readonly StatePath[] {
  // "sqlite:////" before an absolute path means that path.
  const file = /^sqlite(?:\+\w+)?:\/\/\/(?:\/+(?=@))?([^?]*)/.exec(url ?? '')?.[1];
  if (file === undefined || file === '' || file === ':memory:') return [];
  return statePath(app, file, base, evidence);
}

function djangoDatabases(app: App): readonly StatePath[] {
  const setting = djangoSetting(app, 'DATABASES');
  if (setting === undefined) return [];
  return dictionaryValues(setting.value, 'NAME')
    .flatMap(value => djangoPath(app, setting, value))
    .flatMap(({ path, evidence }) => (/\.(db|sqlite3?)$/.test(path) ? statePath(app, path, '.', evidence) : []));
}

function djangoMedia(app: App): readonly StatePath[] {
  const setting = djangoSetting(app, 'MEDIA_ROOT');
  if (setting === undefined) return [];
  return djangoPath(app, setting, setting.value).flatMap(({ path, evidence, isFile }) =>
    isFile ? statePath(app, path, '.', evidence) : folderPath(app, path, '.', evidence),
  );
}

function djangoSetting(app: App, name: string) {
  return app.entry?.callable?.framework === 'django' ? djangoSettings(app.scope)?.assignment(name) : undefined;
}

function djangoPath(app: App, setting: { readonly path: string; readonly line: number }, value: PythonNode) {
  const module = app.scope.module(setting.path);
  const path = module === undefined ? undefined : computedText(app.scope, module, value);
  if (path === undefined) return [];
  return [{ path, evidence: app.scope.place(setting.path, setting.line), isFile: /\.\w+$/.test(path) }];
}

/** `sqlite3.connect("x.db")`, `TinyDB("x.json")`, relative to where the app runs; `create_engine("sqlite:///x.db")` too. */
function openedDatabases(app: App): readonly StatePath[] {
  const needles = ['connect(', 'create_engine(', 'create_async_engine(', 'SqliteDatabase(', 'TinyDB('];
  return loadedModules(app, ...needles).flatMap(module =>
    module.calls.flatMap(call => {
      const qualified = qualifiedName(app.scope, module, call.name);
      const target = computedText(app.scope, module, call.arguments[0]);
      if (/create_(async_)?engine$/.test(qualified))
        return sqliteFile(app, target, '.', app.scope.place(module.path, call.line));
      if (
        !/^((sqlite3|aiosqlite)\.connect|peewee\.SqliteDatabase|tinydb\.TinyDB)$/.test(qualified) ||
        target === undefined ||
        target.includes(':memory:')
      )
        return [];
      return statePath(app, target, '.', app.scope.place(module.path, call.line));
    }),
  );
}

/** `DATABASE = os.path.join(here, "x.db")`, which some function opens later. */
function namedDatabases(app: App): readonly StatePath[] {
  return ['DATABASE', 'DATABASE_PATH', 'DATABASE_FILE', 'DB_PATH', 'DB_FILE'].flatMap(name =>
    settingsNamed(app, name).flatMap(({ module, value, line }) => {
      const text = computedText(app.scope, module, value);
      const isFile = text !== undefined && /^[^:]+\.(db|sqlite3?)$/.test(text);
      return isFile ? statePath(app, text, '.', app.scope.place(module.path, line)) : [];
    }),
  );
}

function folderSettings(app: App): readonly StatePath[] {
  const names = [
    'UPLOAD_FOLDER',
    'UPLOADED_FILES_DEST',
    'UPLOADS_DEFAULT_DEST',
    'UPLOAD_DIR',
    'UPLOAD_PATH',
    'MEDIA_FOLDER',
    'CACHE_DIR',
    'WHOOSH_BASE',
    ...app.loaded.flatMap(path => app.scope.text(path)?.match(prefixed) ?? []),
  ];
  return [...new Set(names)].flatMap(name =>
    settingsNamed(app, name).flatMap(({ module, value, line }) => {
      const text = computedText(app.scope, module, value);
      return text === undefined ? [] : folderPath(app, text, '.', app.scope.place(module.path, line));
    }),
  );
}

/** `SHOP_UPLOAD_PATH`, `AVATARS_SAVE_PATH`: settings are often named after the app or the extension. */
const prefixed = /\b(?:[A-Z0-9]+_)*(?:UPLOAD(?:S|ED)?|AVATARS?)_(?:[A-Z]+_)?(?:FOLDER|PATH|DIR|DIRECTORY|DEST)\b/g;

/** Flask-Session's files: in the folder that is named, else in its own below the app's. */
function sessionFiles(app: App): readonly StatePath[] {
  const [type] = settingsNamed(app, 'SESSION_TYPE').filter(({ value }) => stringValue(value) === 'filesystem');
  if (type === undefined) return [];

  const [named] = settingsNamed(app, 'SESSION_FILE_DIR');
  const text = named === undefined ? 'flask_session' : computedText(app.scope, named.module, named.value);
  const { module, line } = named ?? type;
  return text === undefined ? [] : folderPath(app, text, '.', app.scope.place(module.path, line));
}

/** `open("data/x.json", "w")`, log files, in what the server loads. */
function writtenFiles(app: App): readonly StatePath[] {
  return loadedModules(app, 'open(', 'FileHandler(').flatMap(module =>
    module.calls
      .filter(call => !call.main && isWrite(call))
      .flatMap(call => {
        const target = computedText(app.scope, module, call.arguments[0] ?? call.keywords.get('filename'));
        if (target === undefined || target.includes('%')) return [];
        return statePath(app, target, '.', app.scope.place(module.path, call.line));
      }),
  );
}

function isWrite(call: Call): boolean {
  if (/(^|\.)(Rotating|TimedRotating)?FileHandler$/.test(call.name)) return true;
  const mode = stringValue(call.arguments[1] ?? call.keywords.get('mode'));
  return call.name === 'open' && mode !== undefined && /[wax+]/.test(mode);
}

/** A file in a folder of its own stands for that folder: links to folders survive what programs do to files. */
function statePath(app: App, text: string, base: string, evidence: Place): readonly StatePath[] {
  const path = insideTree(text, base, instanceFolder(app));
  if (path === undefined) return [];

  const folder = dirname(path);
  const holdsSource =
    folder === '.' ||
    app.scope.files.some(each => each.startsWith(`${folder}/`) && !/\.(db|sqlite3?|gitkeep|log|gitignore)$/.test(each));
  return holdsSource ? [{ path, kind: 'file', evidence }] : [{ path: folder, kind: 'folder', evidence }];
}

function folderPath(app: App, text: string, base: string, evidence: Place): readonly StatePath[] {
  const path = insideTree(text, base, instanceFolder(app));
  return path === undefined || path === '.' ? [] : [{ path, kind: 'folder', evidence }];
}
