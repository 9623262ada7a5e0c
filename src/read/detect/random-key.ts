import type { Place } from '../../model/profile.ts';
import { callOf } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, loadedModules } from './app.ts';

/** Where the key that signs sessions is made anew at each start: every process then has another one. */
export function randomKey(app: App): Place | undefined {
  for (const module of loadedModules(app, 'SECRET_KEY', 'secret_key')) {
    const found = module.assignments.find(
      ({ target, value, main }) =>
        !main &&
        /(^|\.)secret_key$|^SECRET_KEY$|config\["SECRET_KEY"\]$/.test(target) &&
        value.type === 'call' &&
        makers.test(qualifiedName(app.scope, module, callOf(value).name)),
    );
    if (found !== undefined) return app.scope.place(module.path, found.line);
  }
  return undefined;
}

const makers = /^(os\.urandom|secrets\.token_(hex|bytes|urlsafe)|uuid\.uuid[14])$/;
