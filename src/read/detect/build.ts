import { join, relative } from 'node:path/posix';
import { pastedWord } from '../../base/words.ts';
import type { Problem, Profile } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import { djangoSettings } from './django-settings.ts';
import { type FrontEnd, frontEnds } from './front-ends.ts';
import { pageFiles } from './page-files.ts';
import type { Scope } from './scope.ts';
import { type Served, servedFolders } from './served-paths.ts';

/** What must run once per release, after the packages are there: front ends whose files the app serves, and Django's collectstatic. */
export function buildClaim(app: App, unbuilt: Claim<Profile['unbuilt']>): Claim<Profile['build']> {
  const missing = unbuilt.value;
  const found = frontEnds(app.scope);
  const built = found.filter(each => missing.some(({ path }) => makes(app.scope, each, path)));
  const django = collectstatic(app);
  return {
    value: [...built.flatMap(npmCommands), ...django.value],
    evidence: built[0]?.evidence ?? django.evidence,
    problems: found.filter(each => each.isSite && !built.includes(each)).flatMap(each => apart(app, each)),
  };
}

/** What the app serves and the repository does not hold. */
export function unbuiltClaim(
  app: App,
  { served, state }: { readonly served: Profile['static']; readonly state: Profile['state'] },
): Claim<Profile['unbuilt']> {
  const { scope } = app;
  const found = frontEnds(scope);
  const isThere = (path: string) => {
    const own = join(scope.root, path);
    return scope.repository.paths.some(each => each === own || each.startsWith(`${own}/`));
  };
  const isState = (path: string) => state.some(each => path === each.path || path.startsWith(`${each.path}/`));
  const isMade = ({ path }: Served) => found.some(each => makes(scope, each, path));
  const folders = servedFolders(app).filter(isMade);
  const missing = [...folders, ...pageFiles(app, served)].filter(({ path }) => !isThere(path) && !isState(path));
  const once = missing.filter((each, at) => missing.findIndex(({ path }) => path === each.path) === at);
  const value = once.map(each => (isMade(each) ? { ...each, built: true as const } : each));
  return { value: value.slice(0, 50), evidence: once[0]?.evidence };
}

/**
 * A build writes below its own folder, or where its scripts or settings say so. Where the app's code lives beside
 * package.json, a folder there may as well be the app's own: it must be named, or be what builds write to everywhere.
 */
function makes(scope: Scope, { folder, isApart, settings }: FrontEnd, path: string): boolean {
  const steps = relative(`/${join(scope.root, folder)}`, `/${join(scope.root, path)}`).split('/');
  const isInside = steps[0] !== '..';
  const parts = steps.filter(part => part !== '..' && part !== '');
  if (isInside && (isApart || parts.some(part => /^(dist|build|bundles?)$/.test(part)))) return true;

  return parts.some((_, at) => {
    const written = parts
      .slice(0, at + 1)
      .join('/')
      .replaceAll(/\W/g, '\\$&');
    const end = at === parts.length - 1 ? '["\'`/]' : '/?["\'`]';
    return new RegExp(`["'\`/:]${written}${end}`).test(settings);
  });
}

function npmCommands({ folder, locked }: FrontEnd): readonly string[] {
  const npm = folder === '.' ? 'npm' : `npm --prefix ${pastedWord(folder)}`;
  return [`${npm} ${locked ? 'ci' : 'install'}`, `${npm} run build`];
}

/** A site of its own, whose files the app serves nowhere. */
function apart(app: App, { folder, evidence }: FrontEnd): readonly Problem[] {
  const isServed = servedFolders(app).some(({ path }: Served) => path.startsWith(`${folder}/`)) || folder === '.';
  const message = `The front end in ${folder}/ is a site of its own: the app serves nothing of it, and decant neither builds nor serves it.`;
  return isServed ? [] : [{ id: 'front-end-apart', message, place: evidence }];
}

function collectstatic({ scope, entry }: App): Claim<readonly string[]> {
  const root = entry?.callable?.framework === 'django' ? djangoSettings(scope)?.assignment('STATIC_ROOT') : undefined;
  if (root === undefined || !scope.has('manage.py')) return { value: [] };
  return { value: ['python manage.py collectstatic --noinput'], evidence: scope.place(root.path, root.line) };
}
