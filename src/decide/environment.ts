import { valueHash } from '../base/hash.ts';
import type { Variable } from '../model/profile.ts';

/** Where a value comes from, strongest first (design.md §1). */
export const origins = ['set', 'decant.yaml', '.env', '.flaskenv', 'generated'] as const;
export type Origin = (typeof origins)[number];

/** One variable of a release with its origin. The value is a secret. */
export interface Value {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

/** The strongest value of each name, by name. */
export function environmentValues(values: readonly Value[]): Value[] {
  const byStrength = [...values].sort((a, b) => origins.indexOf(a.origin) - origins.indexOf(b.origin));
  const strongest = new Map<string, Value>();
  for (const value of byStrength) if (!strongest.has(value.name)) strongest.set(value.name, value);

  return [...strongest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function environmentHash(environment: Readonly<Record<string, string>>): string {
  return valueHash(environment);
}

/**
 * Names of signing keys that the app reads and nobody gave: those may be invented. A name with a vendor, a client, an
 * API or a token in it belongs to somebody else (design.md §1, Environment).
 */
export function missingSigningKeys(variables: readonly Variable[], given: ReadonlySet<string>): string[] {
  const names = variables
    .filter(({ name, random }) => !given.has(name) && (isSigningKey(name) || (random === true && !isForeign(name))))
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

export function isSigningKey(name: string): boolean {
  const signs =
    /(?:^|_)(?:SECRET_KEY|SECRET|JWT_SECRET_KEY|JWT_SECRET|JWT_KEY|SECRET_KEY_JWT|SECRET_JWT|CSRF_KEY|SESSION_KEY|SIGNING_KEY|COOKIE_KEY|PASSWORD_SALT|SALT)$/.test(
      name,
    );
  const kind = /^(?:[A-Z0-9]+_)?SECRET_KEY$|JWT|CSRF|SESSION|SALT|COOKIE|SIGNING/.test(name);

  return signs && kind && !isForeign(name);
}

function isForeign(name: string): boolean {
  return /CLIENT|API|TOKEN|OAUTH|AWS|AZURE|GOOGLE|GCP|GITHUB|GITLAB|FACEBOOK|TWITTER|STRIPE|PAYPAL|TWILIO|SENDGRID|MAIL|SLACK|S3|RECAPTCHA|OPENAI|DISCORD|TELEGRAM|CLOUDINARY|PLAID|SPOTIFY|LINKEDIN|MINIO|ACCESS|WEBHOOK|DB|DATABASE|REDIS/.test(
    name,
  );
}
