import { basename, dirname, normalize } from 'node:path/posix';
import type { Place, Profile } from '../../model/profile.ts';
import { stringValue } from '../python/literal.ts';
import type { Call, PythonModule } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';
import { appKind } from './app-kinds.ts';
import type { Claim } from './claim.ts';
import { djangoSettings } from './django-settings.ts';
import { computedText, insideTree } from './value.ts';

interface Pair {
  readonly url: string;
  readonly path: string;
  readonly evidence: Place;
}

/** Folders that can be served without the app, with the path that their files have on the web. Only folders that exist, or that collectstatic makes. */
export function staticClaim(app: App): Claim<Profile['static']> {
  const found = [...flaskFolder(app), ...mounted(app), ...djangoRoot(app)];
  const once = found.filter((each, at) => found.findIndex(({ url }) => url === each.url) === at);
  return { value: once.map(({ url, path }) => ({ url, path })), evidence: once[0]?.evidence };
}

/** The app's own static folder: `static` beside the module or in the package, unless it says otherwise. */
function flaskFolder(app: App): readonly Pair[] {
  const made = app.entry?.callable;
  const module = made?.framework === 'flask' ? app.scope.module(made.path) : undefined;
  const call = module?.calls.find(
    each => each.line === made?.line && appKind(qualifiedName(app.scope, module, each.name)) !== undefined,
  );
  if (module === undefined || call === undefined || call.keywords.get('static_folder')?.type === 'none') return [];

  const base = rootPath(module, call);
  const written = call.keywords.get('static_folder');
  const folder = written === undefined ? 'static' : computedText(app.scope, module, written);
  const path = folder === undefined ? undefined : insideTree(folder, base, 'instance');
  const url = stringValue(call.keywords.get('static_url_path')) ?? `/${basename(path ?? 'static')}`;
  return pair(app, { url, path, evidence: app.scope.place(module.path, call.line) });
}

/** The folder of the module that makes the app; `Flask("package")` has that package's. */
function rootPath(module: PythonModule, call: Call): string {
  const named = stringValue(call.arguments[0] ?? call.keywords.get('import_name'));
  const own = dirname(module.path);
  return named !== undefined &&
    /^\w+$/.test(named) &&
    own === '.' &&
    module.path !== `${named}.py` &&
    named !== '__main__'
    ? named
    : own;
}

/** FastAPI and Starlette: `app.mount("/static", StaticFiles(directory="static"))`. */
function mounted(app: App): readonly Pair[] {
  return loadedModules(app, 'StaticFiles(').flatMap(module =>
    module.calls
      .filter(({ name }) => /\.mount$/.test(name))
      .flatMap(call => {
        const files = module.calls.find(each => /StaticFiles$/.test(each.name) && call.arguments.includes(each.node));
        const directory =
          files === undefined
            ? undefined
            : computedText(app.scope, module, files.keywords.get('directory') ?? files.arguments[0]);
        const path = directory === undefined ? undefined : insideTree(directory, '.', 'instance');
        return pair(app, {
          url: stringValue(call.arguments[0]) ?? '',
          path,
          evidence: app.scope.place(module.path, call.line),
        });
      }),
  );
}

function djangoRoot(app: App): readonly Pair[] {
  const settings = app.entry?.callable?.framework === 'django' ? djangoSettings(app.scope) : undefined;
  const root = settings?.assignment('STATIC_ROOT');
  const module = root === undefined ? undefined : app.scope.module(root.path);
  const path = root === undefined || module === undefined ? undefined : computedText(app.scope, module, root.value);
  const inside = path === undefined ? undefined : insideTree(path, '.', 'instance');
  const url = stringValue(settings?.assignment('STATIC_URL')?.value) ?? '/static/';
  if (root === undefined || inside === undefined) return [];
  return [{ url: webPath(url), path: inside, evidence: app.scope.place(root.path, root.line) }];
}

/** Nothing is served at the root of the site: the app's own pages are there. */
function pair(
  app: App,
  found: { readonly url: string; readonly path: string | undefined; readonly evidence: Place },
): readonly Pair[] {
  const url = webPath(found.url);
  if (found.path === undefined || url === '/' || !app.scope.exists(found.path)) return [];
  return [{ url, path: normalize(found.path), evidence: found.evidence }];
}

function webPath(url: string): string {
  return `/${url.replace(/^\/+|\/+$/g, '')}`;
}
