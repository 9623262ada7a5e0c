import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['prot', 'port'],
  ['helth', 'health'],
  ['xyz', undefined],
])('%s is meant to be %s', (word, meant) => expect(nearest(word, ['port', 'host', 'health'])).toBe(meant));
