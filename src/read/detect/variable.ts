import type { Variable } from '../../model/profile.ts';
import type { App } from './app.ts';

/** One way in which apps read their environment. A file in `environment/` with such a default export is all it takes. */
export interface EnvironmentSource {
  readonly name: string;
  variables(app: App): readonly Variable[];
}

/** Whether a value of this name must not be shown. */
export function isSecretName(name: string): boolean {
  if (/PUBLIC|PUBLISHABLE/.test(name)) return false;
  return /SECRET|PASSWORD|PASSWD|PASSPHRASE|(^|_)(PASS|PWD|TOKEN|KEY|SALT|CREDENTIALS?|DSN)(_|$)|APIKEY|DATABASE_UR[IL]|(^|_)DB_UR[IL]/.test(
    name,
  );
}

/** Whether decant may make a value up for `local`: keys that only sign. */
export function isSigningKey(name: string): boolean {
  if (/API|TOKEN|CLIENT|AWS|GOOGLE|GITHUB|STRIPE|OAUTH|ACCESS|MAIL|TWILIO|S3|AZURE|RECAPTCHA|ENCRYPT/.test(name))
    return false;
  return /^(\w+_)?(SECRET_KEY|APP_SECRET|SESSION_SECRET|COOKIE_SECRET|JWT_SECRET|JWT_SECRET_KEY|CSRF_SECRET|SECURITY_PASSWORD_SALT|WTF_CSRF_SECRET_KEY|SECRET)$/.test(
    name,
  );
}

/** A variable of this name, with what its name tells. */
export function variableOf(name: string, source: string, found: Pick<Variable, 'required' | 'default'>): Variable {
  return { name, required: found.required, secret: isSecretName(name), default: found.default, source };
}
