import { describe, expect, it } from 'vitest';
import { freeName, isAppName } from './names.ts';

describe('a name that is taken', () => {
  it('gets the next free number', () => {
    expect(freeName('shop', new Set())).toBe('shop');
    expect(freeName('shop', new Set(['shop', 'shop-2']))).toBe('shop-3');
  });

  it('stays a name, however long it was', () => {
    const long = `${'a'.repeat(37)}-bc`;
    expect(isAppName(long)).toBe(true);
    expect(freeName(long, new Set([long]))).toBe(`${'a'.repeat(37)}-2`);
    expect(isAppName(freeName(long, new Set([long])))).toBe(true);
  });
});
