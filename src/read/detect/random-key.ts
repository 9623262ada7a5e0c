import type { Place } from '../../model/profile.ts';
import { callOf } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';
import { type Setting, settingsNamed } from './setting.ts';

/** Where the key that signs sessions is made anew at each start: every process then has another one. */
export function randomKey(app: App): Place | undefined {
  const found = [...settingsNamed(app, 'SECRET_KEY'), ...attributes(app)].find(
    ({ module, value }) => value.type === 'call' && makers.test(qualifiedName(app.scope, module, callOf(value).name)),
  );
  return found === undefined ? undefined : app.scope.place(found.module.path, found.line);
}

/** `app.secret_key = …` */
function attributes(app: App): readonly Setting[] {
  return loadedModules(app, 'secret_key').flatMap(module =>
    module.assignments
      .filter(({ target, main }) => !main && /(^|\.)secret_key$/.test(target))
      .map(({ value, line }) => ({ module, value, line })),
  );
}

const makers = /^(os\.urandom|secrets\.token_(hex|bytes|urlsafe)|uuid\.uuid[14])$/;
