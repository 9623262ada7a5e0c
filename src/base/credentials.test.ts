import { expect, test } from 'vitest';
import { hasCredentials, withoutCredentials } from './credentials.ts';

test.each([
  ['https://user:pw@host/x', 'https://***@host/x'],
  ['y @ git+https://tok@host/y.git@v1', 'y @ git+https://***@host/y.git@v1'],
  ['https://a:b@c:d@host and http://e@f', 'https://***@host and http://***@f'],
  ['ssh://git:pw@host/x', 'ssh://***@host/x'],
  ['https://user:p/w@host/x', 'https://***@host/x'],
])('%s', (text, shown) => {
  expect([hasCredentials(text), withoutCredentials(text)]).toEqual([true, shown]);
});

test.each([
  'git@host:x.git',
  'git+ssh://git@host/x.git',
  'https://host/x@v1',
  'https://host:8080/x@v1',
  '/home/somebody',
  'flask==3',
])('%s has none', text => expect([hasCredentials(text), withoutCredentials(text)]).toEqual([false, text]));
