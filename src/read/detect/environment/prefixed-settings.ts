import { constantText } from '../../python/literal.ts';
import type { App } from '../app.ts';
import {
  databaseSetting,
  hasOwnVariable,
  type PrefixLoader,
  prefixedDatabase,
  prefixLoader,
} from '../prefix-loader.ts';
import { settingsNamed } from '../setting.ts';
import { type SettingRead, settingReads } from '../setting-reads.ts';
import { type EnvironmentSource, isSecretName, variableOf } from '../variable.ts';

/** Settings that the app reads from `app.config`, where `from_prefixed_env()` or FlaskDynaconf fills it: FLASK_X sets X. */
const source: EnvironmentSource = {
  name: 'prefixed settings',
  variables(app) {
    const loader = prefixLoader(app);
    if (loader === undefined) return [];
    const reads = [...settingReads(app), ...secretKey(app, loader), ...database(app)];
    return reads
      .filter(({ key }) => !settingsNamed(app, key).some(hasOwnVariable))
      .map(read => settingVariable(app, loader, read));
  },
};

function settingVariable(app: App, { prefix, files }: PrefixLoader, read: SettingRead) {
  const { key, needed, place } = read;
  const [written] = settingsNamed(app, key.split('__')[0] ?? key);
  const isGiven = files.has(key) || written !== undefined || ofFlask.has(key);
  const constant = read.default ?? files.get(key) ?? constantText(written?.value) ?? null;
  const variable = variableOf(`${prefix}${key}`, place, {
    required: needed && !isGiven,
    default: isSecretName(key) ? null : constant,
  });
  return key === 'SECRET_KEY' ? { ...variable, random: true as const } : variable;
}

/** Flask itself reads it, wherever there is a session. */
function secretKey(app: App, { evidence }: PrefixLoader): readonly SettingRead[] {
  const signs = app.loaded.some(path => /\bsession\b|\bflash\(|flask_(login|wtf)/.test(app.scope.text(path) ?? ''));
  const [written] = settingsNamed(app, 'SECRET_KEY');
  const place = written === undefined ? evidence : app.scope.place(written.module.path, written.line);
  return [{ key: 'SECRET_KEY', needed: signs && written === undefined, default: null, place }];
}

function database(app: App): readonly SettingRead[] {
  const found = prefixedDatabase(app);
  return found === undefined ? [] : [{ key: databaseSetting, needed: true, default: null, place: found.evidence }];
}

/** Flask gives them a value of its own. */
const ofFlask: ReadonlySet<string> = new Set(
  `DEBUG TESTING ENV PROPAGATE_EXCEPTIONS SECRET_KEY_FALLBACKS PERMANENT_SESSION_LIFETIME USE_X_SENDFILE TRUSTED_HOSTS
  SERVER_NAME APPLICATION_ROOT SESSION_COOKIE_NAME SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH SESSION_COOKIE_HTTPONLY
  SESSION_COOKIE_SECURE SESSION_COOKIE_PARTITIONED SESSION_COOKIE_SAMESITE SESSION_REFRESH_EACH_REQUEST
  MAX_CONTENT_LENGTH MAX_FORM_MEMORY_SIZE MAX_FORM_PARTS SEND_FILE_MAX_AGE_DEFAULT TRAP_BAD_REQUEST_ERRORS
  TRAP_HTTP_EXCEPTIONS EXPLAIN_TEMPLATE_LOADING PREFERRED_URL_SCHEME TEMPLATES_AUTO_RELOAD MAX_COOKIE_SIZE
  PROVIDE_AUTOMATIC_OPTIONS`.split(/\s+/),
);

export default source;
