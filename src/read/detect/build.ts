import type { Profile } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Claim } from './claim.ts';
import { djangoSettings } from './django-settings.ts';

/** What must run once per release, after the packages are there: Django's collectstatic where STATIC_ROOT says where to. */
export function buildClaim({ scope, entry }: App): Claim<Profile['build']> {
  const root = entry?.callable?.framework === 'django' ? djangoSettings(scope)?.assignment('STATIC_ROOT') : undefined;
  if (root === undefined || !scope.has('manage.py')) return { value: [] };
  return { value: ['python manage.py collectstatic --noinput'], evidence: scope.place(root.path, root.line) };
}
