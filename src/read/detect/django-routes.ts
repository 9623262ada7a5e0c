import { stringValue } from '../python/literal.ts';
import { callOf, type PythonModule } from '../python/module.ts';
import { modulePath } from '../python/project.ts';
import type { App } from './app.ts';
import { djangoSettings } from './django-settings.ts';
import type { Route } from './routes.ts';

/** What ROOT_URLCONF and the urls modules that it includes declare; the admin and patterns with parameters left out. */
export function djangoRoutes(app: App): readonly Route[] {
  const setting = stringValue(djangoSettings(app.scope)?.assignment('ROOT_URLCONF')?.value);
  const path = setting === undefined ? undefined : modulePath(app.scope, setting);
  const module = path === undefined ? undefined : app.scope.module(path);
  return module === undefined ? [] : routesIn(app, module, '', 0);
}

function routesIn(app: App, module: PythonModule, prefix: string, depth: number): readonly Route[] {
  return module.calls
    .filter(({ name }) => /(^|\.)(path|re_path|url)$/.test(name))
    .flatMap(call => {
      const written = stringValue(call.arguments[0]);
      const pattern = call.name.endsWith('path') && !call.name.endsWith('re_path') ? written : plainPattern(written);
      const view = call.arguments[1];
      if (pattern === undefined || view === undefined || /[<(]/.test(pattern) || /admin\.site/.test(view.text))
        return [];

      const included =
        view.type === 'call' && callOf(view).name.endsWith('include')
          ? stringValue(callOf(view).arguments[0])
          : undefined;
      if (included === undefined)
        return view.type === 'call' && callOf(view).name.endsWith('include')
          ? []
          : [{ path: `/${prefix}${pattern}`, evidence: app.scope.place(module.path, call.line) }];
      const path = modulePath(app.scope, included);
      const inner = path === undefined || depth > 5 ? undefined : app.scope.module(path);
      return inner === undefined ? [] : routesIn(app, inner, `${prefix}${pattern}`, depth + 1);
    });
}

/** `^health/$` without its anchors; undefined when it is a real pattern. */
function plainPattern(pattern: string | undefined): string | undefined {
  const plain = pattern?.replace(/^\^/, '').replace(/\$$/, '');
  return plain === undefined || /[\\^$.*+?()[\]{}|]/.test(plain) ? undefined : plain;
}
