import { describe, expect, it } from 'vitest';
import { environmentValues, isSigningKey, missingSigningKeys } from './environment.ts';

describe('environmentValues', () => {
  it('takes what a person set over files, and files over generated keys', () => {
    const values = environmentValues([
      { name: 'A', value: 'generated', origin: 'generated' },
      { name: 'A', value: 'flaskenv', origin: '.flaskenv' },
      { name: 'B', value: 'env', origin: '.env' },
      { name: 'B', value: 'set', origin: 'set' },
      { name: 'A', value: 'env', origin: '.env' },
    ]);
    expect(values.map(({ name, value }) => `${name}=${value}`)).toEqual(['A=env', 'B=set']);
  });
});

describe('isSigningKey', () => {
  it.each([
    'SECRET_KEY',
    'FLASK_SECRET_KEY',
    'JWT_SECRET_KEY',
    'SECURITY_PASSWORD_SALT',
    'SESSION_SECRET',
    'CSRF_SECRET',
    'WTF_CSRF_SECRET_KEY',
    'COOKIE_SECRET',
    'DJANGO_SECRET_KEY',
  ])('may invent %s', name => {
    expect(isSigningKey(name)).toBe(true);
  });

  it.each([
    'STRIPE_SECRET_KEY',
    'CLIENT_SECRET',
    'GOOGLE_CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'BEARER_TOKEN',
    'API_SECRET',
    'DATABASE_URL',
    'MAIL_PASSWORD',
    'PORT',
  ])('leaves %s to its owner', name => {
    expect(isSigningKey(name)).toBe(false);
  });
});

describe('missingSigningKeys', () => {
  it('names each once, and none that is given', () => {
    const variable = (name: string) => ({ name, required: true, secret: true, default: null, source: 'app.py:1' });
    expect(
      missingSigningKeys(
        [variable('SECRET_KEY'), variable('SECRET_KEY'), variable('JWT_SECRET')],
        new Set(['JWT_SECRET']),
      ),
    ).toEqual(['SECRET_KEY']);
  });
});
